import { z } from '../../zod.ts'
import type { QuantizedValues, QuantizerContext, QuantizerDefinition } from './definition.ts'
import { ApproxSign } from './approx-sign.ts'
import { InputDoReFa } from './input-dorefa.ts'
import { MagnitudeAwareSign } from './magnitude-aware-sign.ts'
import { ProgressiveSign } from './progressive-sign.ts'
import { Sign } from './sign.ts'
import { SteHeaviside } from './ste-heaviside.ts'
import { SteTern } from './ste-tern.ts'
import { SwishSign } from './swish-sign.ts'
import { WeightDoReFa } from './weight-dorefa.ts'

/** What can quantize a layer's input, in the order in which it is offered. */
const INPUT_QUANTIZERS = [
  Sign,
  ApproxSign,
  SwishSign,
  SteHeaviside,
  ProgressiveSign,
  SteTern,
  InputDoReFa,
  WeightDoReFa,
] as const

/** Schemas spelled out because a mapped tuple would lose their types. */
const INPUT_SCHEMAS = [
  Sign.schema,
  ApproxSign.schema,
  SwishSign.schema,
  SteHeaviside.schema,
  ProgressiveSign.schema,
  SteTern.schema,
  InputDoReFa.schema,
  WeightDoReFa.schema,
] as const

export const QUANTIZER_DEFINITIONS = [...INPUT_QUANTIZERS, MagnitudeAwareSign] as const

export type QuantizerType = (typeof QUANTIZER_DEFINITIONS)[number]['type']

export const INPUT_QUANTIZER_TYPES = INPUT_QUANTIZERS.map(({ type }) => type)
export const WEIGHT_QUANTIZER_TYPES: readonly QuantizerType[] = QUANTIZER_DEFINITIONS.map(({ type }) => type)

/** A quantizer in a layer: its name, which means its defaults, or an object with its name and parameters. */
export const inputQuantizerSchema = z.union([
  z.enum(INPUT_QUANTIZER_TYPES),
  z.discriminatedUnion('type', INPUT_SCHEMAS),
])

/** For weights also the scaled ones: an input's scale would be that of its batch, and hang on the other images. */
export const weightQuantizerSchema = z.union([
  z.enum(WEIGHT_QUANTIZER_TYPES),
  z.discriminatedUnion('type', [...INPUT_SCHEMAS, MagnitudeAwareSign.schema]),
])

/** As it stands in a layer. */
export type QuantizerValue = z.output<typeof weightQuantizerSchema>

/** With all of its parameters. */
export type QuantizerSpec = Exclude<QuantizerValue, string>
export type QuantizerSpecOf<Type extends QuantizerType> = Extract<QuantizerSpec, { type: Type }>

const byType = new Map(QUANTIZER_DEFINITIONS.map((definition) => [definition.type, definition]))

export function quantizerDefinition(type: QuantizerType): QuantizerDefinition {
  // Definitions and specs correspond by type, which TypeScript cannot follow through the map.
  return byType.get(type) as unknown as QuantizerDefinition
}

/** A quantizer with all of its parameters; what it does not state has its default. */
export function quantizerOf(value: QuantizerValue): QuantizerSpec {
  const { type, ...stated } = typeof value === 'string' ? { type: value } : value
  return { ...defaultsOf(type), ...stated } as QuantizerSpec
}

function defaultsOf(type: QuantizerType): QuantizerSpec {
  return byType.get(type)!.schema.parse({ type }) as QuantizerSpec
}

/** Whether it is sign with the gradient passing straight through, which the fused kernels compute. */
export const isPlainSign = (value: QuantizerValue) => quantizerOf(value).type === 'sign'

/** What the quantizer makes of its values. */
export function valuesOf(value: QuantizerValue): QuantizedValues {
  const spec = quantizerOf(value)
  return quantizerDefinition(spec.type).produces(spec)
}

/** Quantizers whose values are exactly sign(x) once training is over, whatever their gradients. */
const SIGNS_IN_THE_END: readonly QuantizerType[] = ['sign', 'approxsign', 'swishsign', 'progressive_sign']

export const isSignInTheEnd = (value: QuantizerValue) => SIGNS_IN_THE_END.includes(quantizerOf(value).type)

/** The closed forms of a quantizer for values that are quantized together. */
export function quantizerFunctions(
  value: QuantizerValue,
  values: readonly number[],
  progress: number | null,
): { readonly forward: (x: number) => number; readonly gradient: (x: number) => number } {
  const spec = quantizerOf(value)
  const definition = quantizerDefinition(spec.type)
  const context: QuantizerContext = { progress, measure: definition.measure?.(values, spec) ?? 1 }
  return {
    forward: (x) => definition.forward(x, spec, context),
    gradient: (x) => definition.gradient(x, spec, context),
  }
}
