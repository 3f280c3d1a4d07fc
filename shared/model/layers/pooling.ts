import { z } from '../../zod.ts'
import { NO_COST } from '../cost.ts'
import { defineLayer, requireImage, ShapeProblem } from '../definition.ts'
import type { BitWidth, Signal } from '../signal.ts'
import { LIMITS } from '../limits.ts'
import * as parameter from './parameters.ts'
import { slide } from './window.ts'

const poolingParameters = {
  kernelSize: parameter.kernelSize.default(2),
  /** `null` moves the window by its own size, as PyTorch does when no stride is given. */
  stride: z.int().min(1).max(LIMITS.kernelSize).nullable().default(null),
  padding: parameter.padding,
}

function inferPooling(
  layer: string,
  input: Signal,
  { kernelSize, stride, padding }: z.output<z.ZodObject<typeof poolingParameters>>,
  bits: BitWidth,
): Signal {
  if (padding * 2 > kernelSize) {
    throw new ShapeProblem(
      `${layer} pads by ${padding}, more than half of its window of ${kernelSize}.`,
      `Choose a padding of at most ${Math.floor(kernelSize / 2)}.`,
      { kind: 'set', parameter: 'padding', value: Math.floor(kernelSize / 2) },
    )
  }
  const image = requireImage(layer, input)
  const side = slide(layer, image, { kernelSize, stride: stride ?? kernelSize, padding })
  return { shape: { kind: 'image', ...side, channels: image.channels }, bits }
}

export const MaxPool2d = defineLayer({
  type: 'MaxPool2d',
  group: 'pooling',
  summary: 'Keeps the largest value of every window. On bits that is an OR.',
  parameters: poolingParameters,
  infer: (input, parameters) => ({ ...input, ...inferPooling('MaxPool2d', input, parameters, input.bits) }),
  cost: () => NO_COST,
})

export const GlobalAvgPool = defineLayer({
  type: 'GlobalAvgPool',
  group: 'pooling',
  summary: 'Keeps the mean of every channel over the whole image, as one row of features.',
  keywords: 'global average pooling adaptive mean gap',
  parameters: {},
  infer: (input) => ({
    shape: { kind: 'features', count: requireImage('GlobalAvgPool', input).channels },
    bits: 32,
  }),
  cost: () => NO_COST,
})

export const AvgPool2d = defineLayer({
  type: 'AvgPool2d',
  group: 'pooling',
  summary: 'Keeps the mean of every window.',
  parameters: poolingParameters,
  infer: (input, parameters) => inferPooling('AvgPool2d', input, parameters, 32),
  cost: () => NO_COST,
})
