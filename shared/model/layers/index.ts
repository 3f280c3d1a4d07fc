import { Hardtanh, QActivation, ReLU, Tanh } from './activation.ts'
import { Conv2d, QConv2d, QConv2dNoAct } from './conv2d.ts'
import { Linear, QLinear } from './linear.ts'
import { BatchNorm, Dropout } from './normalisation.ts'
import { AvgPool2d, MaxPool2d } from './pooling.ts'
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
  BatchNorm,
  Dropout,
  MaxPool2d,
  AvgPool2d,
  Flatten,
] as const

/** Their schemas, spelled out because a mapped tuple would lose their types. */
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
  BatchNorm.schema,
  Dropout.schema,
  MaxPool2d.schema,
  AvgPool2d.schema,
  Flatten.schema,
] as const

export type LayerType = (typeof LAYER_DEFINITIONS)[number]['type']

const byType = new Map(LAYER_DEFINITIONS.map((definition) => [definition.type, definition]))

export function layerDefinition<Type extends LayerType>(type: Type) {
  return byType.get(type) as Extract<(typeof LAYER_DEFINITIONS)[number], { type: Type }>
}
