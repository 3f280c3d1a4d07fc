import type { Bias } from '../convolution.ts'
import type { Executor } from './executor.ts'

/** BiasAdd and BiasAddGrad: no broadcasting machinery, and the sum over rows in one pass. */
export function fusedBias(executor: Executor): Bias {
  const attributes = [executor.floatType(), executor.text('data_format', 'NHWC')]
  return {
    add: (sums, bias) => executor.run('BiasAdd', attributes, sums, bias),
    gradient: (upstream) => executor.run('BiasAddGrad', attributes, upstream),
  }
}
