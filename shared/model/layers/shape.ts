import { NO_COST } from '../cost.ts'
import { defineLayer } from '../definition.ts'
import { sizeOf } from '../signal.ts'

export const Flatten = defineLayer({
  type: 'Flatten',
  group: 'shape',
  summary: 'Lays an image out as one row of features.',
  parameters: {},
  infer: (input) => ({ ...input, shape: { kind: 'features', count: sizeOf(input.shape) } }),
  cost: () => NO_COST,
})
