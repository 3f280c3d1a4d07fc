import type { LayerActivation } from '#shared/contract/activations.ts'

/** What leaves a layer, with what leaves the layers that it holds. */
export interface ActivationNode {
  readonly activation: LayerActivation
  /** In the order of the signal: the stack of a block, then its shortcut; empty for a layer that is none. */
  readonly inside: readonly ActivationNode[]
}

/** @param layers in the order of the signal, what a block holds before the block. */
export function toTree(layers: readonly LayerActivation[]): readonly ActivationNode[] {
  const heldBy = new Map<string | null, ActivationNode[]>()
  for (const activation of layers) {
    const node = { activation, inside: heldBy.get(activation.id) ?? [] }
    heldBy.set(activation.block, [...(heldBy.get(activation.block) ?? []), node])
  }
  return heldBy.get(null) ?? []
}

/** Of a tree, the layers that are wanted and the blocks around them. */
export function pick(nodes: readonly ActivationNode[], isWanted: (id: string) => boolean): readonly ActivationNode[] {
  return nodes.flatMap(({ activation, inside }) => {
    const picked = pick(inside, isWanted)
    return picked.length > 0 || isWanted(activation.id) ? [{ activation, inside: picked }] : []
  })
}
