import type { LayerType } from '#shared/model/layers/index.ts'
import type { Signal } from '#shared/model/signal.ts'
import type { LayerSpec } from '#shared/model/spec.ts'
import { hardtanh, qActivation, relu, tanh } from './activation.ts'
import { batchNorm } from './batch-norm.ts'
import { conv2d } from './conv2d.ts'
import { dropout } from './dropout.ts'
import { flatten } from './flatten.ts'
import type { Layer, LayerBuilder, LayerTools } from './layer.ts'
import { leakyRelu, pact, prelu, rprelu } from './learned-activation.ts'
import { linear, qLinear } from './linear.ts'
import { padModule, zeroPad2d } from './padding.ts'
import { avgPool2d, globalAvgPool, maxPool2d } from './pooling.ts'
import { qConv2d, qConv2dNoAct } from './q-conv2d.ts'

/** All but blocks, which `buildLayers` puts together from what they hold. */
type PlainType = Exclude<LayerType, 'Residual'>

const BUILDERS: { readonly [Type in PlainType]: LayerBuilder<Type> } = {
  QConv2d: qConv2d,
  QConv2d_NoAct: qConv2dNoAct,
  QLinear: qLinear,
  QActivation: qActivation,
  Conv2d: conv2d,
  Linear: linear,
  Tanh: tanh,
  ReLU: relu,
  Hardtanh: hardtanh,
  LeakyReLU: leakyRelu,
  PReLU: prelu,
  RPReLU: rprelu,
  Pact: pact,
  BatchNorm: batchNorm,
  Dropout: dropout,
  MaxPool2d: maxPool2d,
  AvgPool2d: avgPool2d,
  GlobalAvgPool: globalAvgPool,
  Flatten: flatten,
  ZeroPad2d: zeroPad2d,
  PadModule: padModule,
}

/** The layer, no block, that a spec describes, with freshly initialised variables. `input` has been accepted by its definition. */
export function buildLayer(spec: LayerSpec, input: Signal, tools: LayerTools): Layer {
  // The spec's type and the builder's correspond, which TypeScript cannot follow through the index.
  const build = BUILDERS[spec.type as PlainType] as (spec: LayerSpec, input: Signal, tools: LayerTools) => Layer
  return build(spec, input, tools)
}
