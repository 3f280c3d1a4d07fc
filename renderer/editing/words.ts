import type { LayerSpec } from '#shared/model/spec.ts'

/** A parameter's name in words: "kernel size" for `kernelSize`. */
export function wordsOf(name: string): string {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
}

/** Layers as a step of the history names them: "QConv2d" or "3 layers". */
export function nameLayers(layers: readonly LayerSpec[]): string {
  return layers.length === 1 ? layers[0]!.type : `${layers.length} layers`
}
