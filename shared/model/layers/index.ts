import { Hardtanh, QActivation, ReLU, Tanh } from './activation.ts'
import { Conv2d, QConv2d, QConv2dNoAct } from './conv2d.ts'
import { Linear, QLinear } from './linear.ts'
import { BatchNorm, Dropout } from './normalisation.ts'
import { Pact } from './pact.ts'
import { PadModule, ZeroPad2d } from './padding.ts'
import { AvgPool2d, GlobalAvgPool, MaxPool2d } from './pooling.ts'
import { LeakyReLU, PReLU, RPReLU } from './rectifier.ts'
import { Residual } from './residual.ts'
import { Flatten } from './shape.ts'

/** Every layer the lab can build and train, in the order of the palette. */
export const LAYER_DEFINITIONS = [
  QConv2d,
  QConv2dNoAct,
  QLinear,
  QActivation,
  Conv2d,
  Linear,
  Tanh,
  ReLU,
  Hardtanh,
  LeakyReLU,
  PReLU,
  RPReLU,
  Pact,
  BatchNorm,
  Dropout,
  MaxPool2d,
  AvgPool2d,
  GlobalAvgPool,
  Flatten,
  ZeroPad2d,
  PadModule,
  Residual,
] as const

/** The schemas of all but Residual, which spec.ts completes; spelled out because a mapped tuple would lose their types. */
export const LAYER_SCHEMAS = [
  QConv2d.schema,
  QConv2dNoAct.schema,
  QLinear.schema,
  QActivation.schema,
  Conv2d.schema,
  Linear.schema,
  Tanh.schema,
  ReLU.schema,
  Hardtanh.schema,
  LeakyReLU.schema,
  PReLU.schema,
  RPReLU.schema,
  Pact.schema,
  BatchNorm.schema,
  Dropout.schema,
  MaxPool2d.schema,
  AvgPool2d.schema,
  GlobalAvgPool.schema,
  Flatten.schema,
  ZeroPad2d.schema,
  PadModule.schema,
] as const

export type LayerType = (typeof LAYER_DEFINITIONS)[number]['type']

const byType = new Map(LAYER_DEFINITIONS.map((definition) => [definition.type, definition]))

export function layerDefinition<Type extends LayerType>(type: Type) {
  return byType.get(type) as Extract<(typeof LAYER_DEFINITIONS)[number], { type: Type }>
}
