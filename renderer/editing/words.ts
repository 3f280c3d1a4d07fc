import type { LayerSpec } from '#shared/model/spec.ts'

/** Layers as a step of the history names them: "QConv2d" or "3 layers". */
export function nameLayers(layers: readonly LayerSpec[]): string {
  return layers.length === 1 ? layers[0]!.type : `${layers.length} layers`
}
