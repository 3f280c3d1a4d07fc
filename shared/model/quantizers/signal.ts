import type { Signal } from '../signal.ts'
import { valuesOf, type QuantizerValue } from './index.ts'

/** What a signal becomes when it is quantized. */
export function quantizedSignal({ shape }: Signal, quantizer: QuantizerValue): Signal {
  const { bits, signs } = valuesOf(quantizer)
  return signs === 'always' ? { shape, bits: 1 } : { shape, bits: 32, width: bits }
}
