import { layerDefinition, type LayerType } from './layers/index.ts'
import { layerSchema, type LayerSpec } from './spec.ts'
import { everyLayer } from './tree.ts'

/** What a new layer starts with where its definition has no default. */
const STARTING_VALUES: Readonly<Record<string, number>> = { outChannels: 64, kernelSize: 5, outFeatures: 100 }

/** Where a type starts with another value: a pooling halves the image, as in every preset. */
const STARTING_VALUES_OF: Readonly<Partial<Record<LayerType, Readonly<Record<string, number>>>>> = {
  MaxPool2d: { kernelSize: 2 },
  AvgPool2d: { kernelSize: 2 },
}

/** The first part of a new layer's id, as the presets name theirs; other types use their own name. */
const ID_STEMS: Readonly<Partial<Record<LayerType, string>>> = {
  QConv2d: 'conv',
  QConv2d_NoAct: 'conv',
  Conv2d: 'conv',
  QLinear: 'linear',
  QActivation: 'sign',
  BatchNorm: 'norm',
  MaxPool2d: 'pool',
  AvgPool2d: 'pool',
  GlobalAvgPool: 'pool',
  ZeroPad2d: 'pad',
  PadModule: 'pad',
  Residual: 'block',
}

/**
 * A layer of this type with stated defaults and an id that `layers` and what they hold do not have yet.
 *
 * @param parameters replace the defaults.
 */
export function newLayer(
  type: LayerType,
  layers: readonly LayerSpec[],
  parameters: Readonly<Record<string, unknown>> = {},
): LayerSpec {
  const required = Object.keys(layerDefinition(type).parameters).filter((name) => name in STARTING_VALUES)
  const starting = { ...STARTING_VALUES, ...STARTING_VALUES_OF[type] }
  const values = Object.fromEntries(required.map((name) => [name, starting[name]]))
  return layerSchema.parse({ ...values, ...parameters, id: freeLayerId(type, layers), type })
}

/** The first free id of this type, such as "conv3". */
export function freeLayerId(type: LayerType, layers: readonly LayerSpec[]): string {
  const stem = ID_STEMS[type] ?? type.toLowerCase()
  const taken = new Set([...everyLayer(layers)].map(({ id }) => id))
  for (let number = 1; ; number++) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`
}
