import { z } from '../../zod.ts'
import { NO_COST } from '../cost.ts'
import { defineLayer, requireImage } from '../definition.ts'
import { LIMITS } from '../limits.ts'
import type { BitWidth, Signal } from '../signal.ts'
import * as parameter from './parameters.ts'

const pixels = z.int().min(0).max(LIMITS.kernelSize).default(0)

const sides = { paddingLeft: pixels, paddingRight: pixels, paddingTop: pixels, paddingBottom: pixels }
type Sides = z.output<z.ZodObject<typeof sides>>

function enlarge(layer: string, input: Signal, padding: Sides, bits: BitWidth): Signal {
  const { height, width, channels } = requireImage(layer, input)
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = padding
  const shape = { height: height + paddingTop + paddingBottom, width: width + paddingLeft + paddingRight, channels }
  return { shape: { kind: 'image', ...shape }, bits }
}

const addsPixels = (padding: Sides) => Object.keys(sides).some((name) => padding[name as keyof Sides] > 0)

export const ZeroPad2d = defineLayer({
  type: 'ZeroPad2d',
  group: 'shape',
  summary: 'Puts zeros around the image, each side by its own width.',
  keywords: 'padding border',
  parameters: sides,
  // Zeros are neither +1 nor -1.
  infer: (input, padding) => enlarge('ZeroPad2d', input, padding, addsPixels(padding) ? 32 : input.bits),
  cost: () => NO_COST,
})

export const PadModule = defineLayer({
  type: 'PadModule',
  group: 'shape',
  summary: 'Puts -1, 0 or +1 around the image, each side by its own width. -1 and +1 keep bits bits.',
  keywords: 'padding border',
  parameters: { ...sides, paddingValue: parameter.paddingValue.default(0) },
  infer: (input, padding) => {
    const staysBits = padding.paddingValue !== 0 || !addsPixels(padding)
    return enlarge('PadModule', input, padding, staysBits ? input.bits : 32)
  },
  cost: () => NO_COST,
})
