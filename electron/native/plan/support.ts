import { SignumError } from '#shared/contract/errors.ts'
import type { LayerDefinition } from '#shared/model/definition.ts'
import { layerDefinition, type LayerType } from '#shared/model/layers/index.ts'
import { isSignInTheEnd, type QuantizerValue } from '#shared/model/quantizers/index.ts'
import type { LayerSpec, NetworkSpec } from '#shared/model/spec.ts'
import { everyLayer } from '#shared/model/tree.ts'

const CONVOLUTION = ['outChannels', 'kernelSize', 'stride', 'padding', 'groups']
const BINARY_CONVOLUTION = [...CONVOLUTION, 'paddingValue', 'weightClip']
const POOLING = ['kernelSize', 'stride', 'padding']
const SIDES = ['paddingTop', 'paddingBottom', 'paddingLeft', 'paddingRight']
const SHORTCUT = ['shortcut', 'shortcutStride', 'shortcutPooling', 'shortcutBatchNorm']
const QUANTIZERS = ['quantizer', 'inputQuantizer', 'weightQuantizer']

/**
 * Layers that the plan computes, each with the parameters that it follows or that make no difference after training.
 * What is not named here is not computed, so that a layer or a parameter that is new to the plan never gives wrong bits.
 */
const FOLLOWED: { readonly [Type in LayerType]?: readonly string[] } = {
  Conv2d: [...CONVOLUTION, 'bias'],
  QConv2d: [...BINARY_CONVOLUTION, 'gradientCancellationThreshold'],
  QConv2d_NoAct: BINARY_CONVOLUTION,
  Linear: ['outFeatures', 'bias'],
  QLinear: ['outFeatures', 'bias', 'gradientCancellationThreshold', 'weightClip'],
  QActivation: ['gradientCancellationThreshold'],
  Tanh: [],
  ReLU: [],
  Hardtanh: [],
  LeakyReLU: ['negativeSlope'],
  PReLU: ['init'],
  RPReLU: ['init'],
  BatchNorm: ['eps', 'momentum'],
  Dropout: ['p'],
  MaxPool2d: POOLING,
  AvgPool2d: POOLING,
  GlobalAvgPool: [],
  ZeroPad2d: SIDES,
  PadModule: [...SIDES, 'paddingValue'],
  Flatten: [],
  Residual: ['combine', ...SHORTCUT],
}

/**
 * @throws SignumError `not_supported` for the first layer, at any depth, that the plan cannot compute, naming it and why.
 */
export function requireSupported({ layers }: NetworkSpec): void {
  for (const layer of everyLayer(layers)) {
    const followed = FOLLOWED[layer.type]
    if (!followed) throw unsupported(layer, `does not know layers of the type ${layer.type}`)
    const values = new Map<string, unknown>(Object.entries(layer))
    const { parameters } = layerDefinition(layer.type) as unknown as LayerDefinition
    for (const [name, schema] of Object.entries(parameters)) {
      const value = values.get(name)
      const isFollowed = QUANTIZERS.includes(name) ? isSignInTheEnd(value as QuantizerValue) : followed.includes(name)
      // A parameter that came later means by its default what held before there was one.
      if (!isFollowed && !isDefault(schema, value))
        throw unsupported(layer, `does not know the ${name} ${JSON.stringify(value)}`)
    }
  }
}

type Schema = LayerDefinition['parameters'][string]

function isDefault(schema: Schema, value: unknown): boolean {
  const fallback = schema._zod.def as { readonly type: string; readonly defaultValue?: unknown }
  const standard = fallback.type === 'default' ? fallback.defaultValue : undefined
  return JSON.stringify(value) === JSON.stringify(standard)
}

function unsupported({ id }: LayerSpec, why: string): SignumError {
  return new SignumError(
    'not_supported',
    `The packed engine ${why}, as in the layer "${id}". Evaluate with the engine "float".`,
    { place: { layerId: id } },
  )
}
