import { z } from '../../zod.ts'

/** A quantizer's parameters, each with its bounds and default. */
type Parameters = z.core.$ZodLooseShape
type ParameterValues<P extends Parameters> = z.output<z.ZodObject<P>>
type QuantizerShape<Type extends string, P extends Parameters> = { type: z.ZodLiteral<Type> } & P

/** What the quantization of a value depends on besides the value. */
export interface QuantizerContext {
  /** Share of the training that is done, from 0 to 1; null where a trained network is evaluated. */
  readonly progress: number | null
  /** What the quantizer's `measure` found in all values that are quantized together; 1 where it has none. */
  readonly measure: number
}

/** What a quantizer makes of its values. */
export interface QuantizedValues {
  /** Bits of one value. */
  readonly bits: number
  /**
   * Whether the bits are +1 and -1, so that packed kernels can compute with them: always, only once training is over,
   * or never.
   */
  readonly signs: 'always' | 'after training' | 'never'
  /** Whether a 32-bit scale for each output channel goes with the bits. */
  readonly scaled: boolean
}

/**
 * One way to quantize, with the gradient that stands in for its own, which is zero almost everywhere. `forward` and
 * `gradient` are the closed forms: what the page draws and what `electron/engine/quantizers`, which does the same to
 * whole tensors under the same name, is tested by.
 */
export interface QuantizerDefinition<Type extends string = string, P extends Parameters = Parameters> {
  /** bitorch's name, or larq's where bitorch has none. */
  readonly type: Type
  /** The name of the class there. */
  readonly title: string
  /** One sentence for the inspector. */
  readonly summary: string
  readonly parameters: P
  produces(parameters: ParameterValues<P>): QuantizedValues
  /** One number taken from all values that are quantized together. The gradient takes it for a constant. */
  measure?(values: readonly number[], parameters: ParameterValues<P>): number
  /** The quantized value of `x`. */
  forward(x: number, parameters: ParameterValues<P>, context: QuantizerContext): number
  /** What the upstream gradient is multiplied by at `x`. */
  gradient(x: number, parameters: ParameterValues<P>, context: QuantizerContext): number
}

/** A definition with the schema of the quantizer as it stands in a network spec. */
export interface DefinedQuantizer<Type extends string, P extends Parameters> extends QuantizerDefinition<Type, P> {
  readonly schema: z.ZodObject<QuantizerShape<Type, P>, z.core.$strict>
}

export function defineQuantizer<const Type extends string, P extends Parameters>(
  definition: QuantizerDefinition<Type, P>,
): DefinedQuantizer<Type, P> {
  const shape: QuantizerShape<Type, P> = { type: z.literal(definition.type), ...definition.parameters }
  return { ...definition, schema: z.strictObject(shape) }
}

/** +1 and -1 in training and after. */
export const SIGNS: QuantizedValues = { bits: 1, signs: 'always', scaled: false }

/** +1 from zero on, so that there is no third value; sign(-0) is +1 too. */
export const signOf = (x: number) => (x >= 0 ? 1 : -1)

/** 1 where |x| is at most `bound`, else 0; everywhere 1 for null. */
export const within = (x: number, bound: number | null) => (bound === null || Math.abs(x) <= bound ? 1 : 0)

/** To the nearest whole number, halves to the even one: IEEE 754, PyTorch and TensorFlow. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x)
  const isHalf = x - below === 0.5
  return isHalf ? below + (Math.abs(below) % 2) : Math.round(x)
}
