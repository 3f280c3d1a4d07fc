import { z } from '../../zod.ts'
import { NO_COST, type LayerCost } from '../cost.ts'
import { defineLayer } from '../definition.ts'
import { channelsOf, type Signal } from '../signal.ts'

/** How much of a negative value passes, as a share of it. */
const slope = z.number().min(0).max(1)

const toFloat = (input: Signal): Signal => ({ shape: input.shape, bits: 32 })

function vectorsPerChannel(count: number, { shape }: Signal): LayerCost {
  return { ...NO_COST, parameters: { 1: 0, 32: count * channelsOf(shape) } }
}

export const LeakyReLU = defineLayer({
  type: 'LeakyReLU',
  group: 'activation',
  summary: 'Keeps positive values and a fixed share of negative ones.',
  parameters: { negativeSlope: slope.default(0.01) },
  infer: toFloat,
  cost: () => NO_COST,
})

export const PReLU = defineLayer({
  type: 'PReLU',
  group: 'activation',
  summary: 'Keeps positive values and a share of negative ones that every channel learns.',
  keywords: 'parametric rectifier relu',
  parameters: { init: slope.default(0.25) },
  infer: toFloat,
  cost: (input) => vectorsPerChannel(1, input),
})

/** PReLU(x - shift) + shift' with both shifts learned for each channel: equation 5 of ReActNet (Liu et al., 2020). */
export const RPReLU = defineLayer({
  type: 'RPReLU',
  group: 'activation',
  summary: 'PReLU between two shifts that every channel learns, as in ReActNet.',
  keywords: 'reactnet bi-real parametric rectifier relu bias',
  parameters: { init: slope.default(0.25) },
  infer: toFloat,
  cost: (input) => vectorsPerChannel(3, input),
})
