import {
  quantizerDefinition,
  quantizerOf,
  type QuantizerType,
  type QuantizerValue,
} from '#shared/model/quantizers/index.ts'
import type { ParameterField } from './parameterFields.ts'

const GRADIENTS = [
  { value: 'identity', label: 'all passes' },
  { value: 'derivative', label: 'derivative' },
]

const BITS: ParameterField = { kind: 'number', label: 'Bits' }
const CLIP: ParameterField = {
  kind: 'optional number',
  label: 'Gradient clip',
  empty: 'off',
  step: 0.1,
  hint: 'Above this |x| no gradient passes. Empty lets all of it pass.',
}

/** By quantizer, then by parameter: the same letter means something else elsewhere. */
export const QUANTIZER_FIELDS: { readonly [Type in QuantizerType]?: Readonly<Record<string, ParameterField>> } = {
  swishsign: { beta: { kind: 'number', label: 'β', step: 0.5, hint: 'The gradient at zero; larger is narrower.' } },
  steheaviside: {
    low: {
      kind: 'choice',
      label: 'At zero and below',
      options: [
        { value: -1, label: '−1 (bitorch)' },
        { value: 0, label: '0 (larq)' },
      ],
    },
  },
  progressive_sign: {
    alpha: { kind: 'number', label: 'α', step: 0.5 },
    beta: { kind: 'number', label: 'β', step: 0.5, hint: 'The slope is α^(−β · progress) wide to each side.' },
  },
  ste_tern: {
    threshold: { kind: 'number', label: 'Threshold', step: 0.01 },
    ternaryWeightNetworks: { kind: 'switch', label: 'Threshold from the mean' },
    clip: CLIP,
  },
  inputdorefa: { bits: BITS, gradient: { kind: 'choice', label: 'Gradient', options: GRADIENTS } },
  weightdorefa: { bits: BITS, gradient: { kind: 'choice', label: 'Gradient', options: GRADIENTS } },
  magnitude_aware_sign: { clip: CLIP },
}

/** A quantizer as a spec has it: by its name alone where it has no parameters. */
export function chooseQuantizer(type: QuantizerType): QuantizerValue {
  const hasParameters = Object.keys(quantizerDefinition(type).parameters).length > 0
  return hasParameters ? quantizerOf(type) : type
}
