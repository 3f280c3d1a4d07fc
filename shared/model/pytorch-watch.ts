import type { LayerSpec } from './spec.ts'

/** Layers whose last module has a `weight`. */
const HOLD_WEIGHT: readonly LayerSpec['type'][] = [
  'Conv2d',
  'QConv2d',
  'QConv2d_NoAct',
  'Linear',
  'QLinear',
  'BatchNorm',
  'PReLU',
]

export const DEBUG_LAYERS = ['InputPrintDebug', 'WeightPrintDebug'] as const

/** The import and the line without which bitorch's debug layers print nothing. */
export const SWITCH_ON_DEBUGGING = {
  import: 'from bitorch.layers.config import config as layer_config',
  statement: 'layer_config.debug_activated = True  # every 100th batch',
} as const

/** A layer's modules with the last in bitorch's debug layers, as far as the layer is watched and they can tell. */
export function withDebugLayers(layer: LayerSpec, modules: readonly string[]): readonly string[] {
  let last = modules.at(-1)
  if (last === undefined) return modules
  if (layer.watchWeights && HOLD_WEIGHT.includes(layer.type)) {
    last = `WeightPrintDebug(${last}, name="${layer.id} weights")`
  }
  if (layer.watchActivations) last = `nn.Sequential(${last}, InputPrintDebug(name="${layer.id} activations"))`
  return [...modules.slice(0, -1), last]
}

/** What the line of a layer says behind it: its id, and that it is watched. */
export function remarkOn({ id, watchWeights, watchActivations }: LayerSpec): string {
  const watched = [...(watchWeights ? ['weights'] : []), ...(watchActivations ? ['activations'] : [])]
  return watched.length > 0 ? `${id}, watched: ${watched.join(', ')}` : id
}
