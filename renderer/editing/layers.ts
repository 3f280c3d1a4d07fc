import { layerDefinition, type LayerType } from '#shared/model/layers/index.ts'
import { layerSchema, type LayerSpec } from '#shared/model/spec.ts'

/** What a new layer starts with where its definition has no default. */
const STARTING_VALUES: Readonly<Record<string, number>> = { outChannels: 64, kernelSize: 5, outFeatures: 100 }

/** The first part of a new layer's id, as the presets name theirs. */
const ID_STEMS: Readonly<Record<LayerType, string>> = {
  QConv2d: 'conv',
  QConv2d_NoAct: 'conv',
  QLinear: 'linear',
  QActivation: 'sign',
  Conv2d: 'conv',
  Linear: 'linear',
  Tanh: 'tanh',
  ReLU: 'relu',
  Hardtanh: 'hardtanh',
  BatchNorm: 'norm',
  Dropout: 'dropout',
  MaxPool2d: 'pool',
  AvgPool2d: 'pool',
  Flatten: 'flatten',
}

type Layers = readonly LayerSpec[]

/** A layer of this type with stated defaults and an id that `layers` does not have yet. */
export function newLayer(type: LayerType, layers: Layers): LayerSpec {
  const required = Object.keys(layerDefinition(type).parameters).filter((name) => name in STARTING_VALUES)
  const values = Object.fromEntries(required.map((name) => [name, STARTING_VALUES[name]]))
  return layerSchema.parse({ id: freeId(ID_STEMS[type], layers), type, ...values })
}

/** `layer` stands after the layer `afterId`, or at the end. */
export function insertLayer(layers: Layers, layer: LayerSpec, afterId: string | null): Layers {
  const index = layers.findIndex(({ id }) => id === afterId)
  return layers.toSpliced(index < 0 ? layers.length : index + 1, 0, layer)
}

export function removeLayer(layers: Layers, id: string): Layers {
  return layers.filter((layer) => layer.id !== id)
}

/** The layer changes places with the one before (-1) or after it (+1); at the end nothing changes. */
export function moveLayer(layers: Layers, id: string, by: -1 | 1): Layers {
  const from = layers.findIndex((layer) => layer.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= layers.length) return layers
  return layers.with(from, layers[to]!).with(to, layers[from]!)
}

/** A copy of the layer, under an id of its own, right after it. */
export function duplicateLayer(layers: Layers, id: string): { layers: Layers; copy: LayerSpec | null } {
  const original = layers.find((layer) => layer.id === id)
  if (!original) return { layers, copy: null }
  const copy = { ...original, id: freeId(ID_STEMS[original.type], layers) }
  return { layers: insertLayer(layers, copy, id), copy }
}

/** The value is taken as it was typed; `problemsOf` tells what is wrong with it. */
export function setParameter(layers: Layers, id: string, name: string, value: unknown): Layers {
  return layers.map((layer) => (layer.id === id ? ({ ...layer, [name]: value } as LayerSpec) : layer))
}

function freeId(stem: string, layers: Layers): string {
  const taken = new Set(layers.map(({ id }) => id))
  for (let number = 1; ; number++) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`
}
