import type { LayerSpec } from '#shared/model/spec.ts'
import { findLayer, placeOf } from '#shared/model/tree.ts'

/** Layers as a step of the history names them: "QConv2d" or "3 layers". */
export function nameLayers(layers: readonly LayerSpec[]): string {
  return layers.length === 1 ? layers[0]!.type : `${layers.length} layers`
}

/**
 * A move as a step of the history names it: "move QConv2d", or "move QConv2d into Residual" where it changes the stack.
 *
 * @param block the block that the layers are moved into; null for the network's own stack.
 */
export function nameMove(layers: readonly LayerSpec[], moved: readonly LayerSpec[], block: string | null): string {
  const before = new Set(moved.map(({ id }) => placeOf(layers, id)?.block ?? null))
  const what = `move ${nameLayers(moved)}`
  if (before.size === 1 && before.has(block)) return what
  if (block !== null) return `${what} into ${findLayer(layers, block)!.type}`
  const [from] = [...before].filter((id) => id !== null)
  return `${what} out of ${findLayer(layers, from!)!.type}`
}
