import { INPUT_QUANTIZER_TYPES, WEIGHT_QUANTIZER_TYPES, type QuantizerType } from '#shared/model/quantizers/index.ts'

/** How a layer's parameter is edited. */
export type ParameterField =
  | { readonly kind: 'number'; readonly label: string; readonly step?: number; readonly hint?: string }
  | {
      readonly kind: 'optional number'
      readonly label: string
      /** What an empty field means. */
      readonly empty: string
      readonly step?: number
      readonly hint?: string
    }
  | { readonly kind: 'switch'; readonly label: string }
  | {
      readonly kind: 'choice'
      readonly label: string
      readonly options: readonly { readonly value: string | number; readonly label: string }[]
    }
  | {
      readonly kind: 'quantizer'
      readonly label: string
      readonly types: readonly QuantizerType[]
      /** Whether the layer's gradient cancellation is on its way back. */
      readonly isCancelled: boolean
    }

const INPUT = { kind: 'quantizer', types: INPUT_QUANTIZER_TYPES, isCancelled: true } as const

/** By parameter name: the same name means the same in every layer. */
export const PARAMETER_FIELDS: Readonly<Record<string, ParameterField>> = {
  outChannels: { kind: 'number', label: 'Output channels' },
  outFeatures: { kind: 'number', label: 'Output features' },
  kernelSize: { kind: 'number', label: 'Kernel size' },
  stride: { kind: 'optional number', label: 'Stride', empty: 'window size' },
  padding: { kind: 'number', label: 'Padding' },
  paddingValue: {
    kind: 'choice',
    label: 'Padding value',
    options: [
      { value: -1, label: '−1' },
      { value: 0, label: '0' },
      { value: 1, label: '+1' },
    ],
  },
  groups: { kind: 'number', label: 'Groups', hint: 'As many as input channels: depthwise.' },
  paddingLeft: { kind: 'number', label: 'Left' },
  paddingRight: { kind: 'number', label: 'Right' },
  paddingTop: { kind: 'number', label: 'Top' },
  paddingBottom: { kind: 'number', label: 'Bottom' },
  negativeSlope: { kind: 'number', label: 'Negative slope', step: 0.01 },
  init: { kind: 'number', label: 'First slope', step: 0.05 },
  alpha: { kind: 'number', label: 'First bound', step: 0.5 },
  bits: { kind: 'number', label: 'Bits' },
  bias: { kind: 'switch', label: 'Bias' },
  quantizer: { ...INPUT, label: 'Quantizer' },
  inputQuantizer: { ...INPUT, label: 'Input quantizer' },
  weightQuantizer: {
    kind: 'quantizer',
    label: 'Weight quantizer',
    types: WEIGHT_QUANTIZER_TYPES,
    isCancelled: false,
  },
  weightClip: { kind: 'optional number', label: 'Weight clip', empty: 'off', step: 0.1 },
  gradientCancellationThreshold: {
    kind: 'optional number',
    label: 'Gradient cancellation',
    empty: 'off',
    step: 0.1,
    hint: 'Above this |x| no gradient passes. Empty lets all of it pass.',
  },
  combine: {
    kind: 'choice',
    label: 'Combine',
    options: [
      { value: 'add', label: 'add' },
      { value: 'concat', label: 'side by side' },
    ],
  },
  shortcut: {
    kind: 'choice',
    label: 'Shortcut',
    options: [
      { value: 'identity', label: 'identity' },
      { value: 'conv', label: '1×1 convolution' },
    ],
  },
  shortcutStride: { kind: 'number', label: 'Shortcut stride' },
  shortcutPooling: { kind: 'switch', label: 'Average pooling instead of striding' },
  shortcutBatchNorm: { kind: 'switch', label: 'Batch norm in the shortcut' },
  eps: { kind: 'number', label: 'Epsilon', step: 0.00001 },
  momentum: { kind: 'number', label: 'Momentum', step: 0.05 },
  p: { kind: 'number', label: 'Share dropped', step: 0.05 },
}
