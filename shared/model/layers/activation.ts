import { NO_COST } from '../cost.ts'
import { defineLayer } from '../definition.ts'
import { quantizedSignal } from '../quantizers/signal.ts'
import type { Signal } from '../signal.ts'
import * as parameter from './parameters.ts'

const toFloat = (input: Signal): Signal => ({ shape: input.shape, bits: 32 })
const free = () => NO_COST

export const QActivation = defineLayer({
  type: 'QActivation',
  group: 'binary',
  summary: 'Turns every value into +1 or -1, or into the few levels of another quantizer.',
  parameters: {
    quantizer: parameter.inputQuantizer,
    gradientCancellationThreshold: parameter.gradientCancellationThreshold,
  },
  infer: (input, { quantizer }) => quantizedSignal(input, quantizer),
  cost: free,
})

export const Tanh = defineLayer({
  type: 'Tanh',
  group: 'activation',
  summary: 'Squeezes every value into (-1, 1).',
  parameters: {},
  infer: toFloat,
  cost: free,
})

export const ReLU = defineLayer({
  type: 'ReLU',
  group: 'activation',
  summary: 'Sets negative values to zero.',
  parameters: {},
  infer: toFloat,
  cost: free,
})

export const Hardtanh = defineLayer({
  type: 'Hardtanh',
  group: 'activation',
  summary: 'Clamps every value to [-1, 1].',
  parameters: {},
  infer: (input) => input,
  cost: free,
})
