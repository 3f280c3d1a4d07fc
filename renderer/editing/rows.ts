import type { LayerSpec } from '#shared/model/spec.ts'
import { isBlock, pathTo, type Place } from '#shared/model/tree.ts'

/** What stands in the stack from top to bottom: layers, and where an open block ends. */
export type StackRow =
  | {
      readonly kind: 'layer'
      readonly layer: LayerSpec
      readonly place: Place
      /** How many blocks lie around it. */
      readonly depth: number
      /** How many layers its stack has. */
      readonly siblings: number
      /** Whether what it holds is shown; null for a layer that holds nothing. */
      readonly open: boolean | null
    }
  | { readonly kind: 'end'; readonly block: Extract<LayerSpec, { type: 'Residual' }>; readonly depth: number }

export function rowsOf(layers: readonly LayerSpec[], isOpen: (block: string) => boolean): readonly StackRow[] {
  const rows: StackRow[] = []
  const add = (stack: readonly LayerSpec[], block: string | null, depth: number) => {
    for (const [index, layer] of stack.entries()) {
      const open = isBlock(layer) ? isOpen(layer.id) : null
      rows.push({ kind: 'layer', layer, place: { block, index }, depth, siblings: stack.length, open })
      if (!isBlock(layer) || !open) continue
      add(layer.layers, layer.id, depth + 1)
      rows.push({ kind: 'end', block: layer, depth })
    }
  }
  add(layers, null, 0)
  return rows
}

/** Where something stands that is dropped above the row `index`; above none, it is the end of the network. */
export function placeAbove(rows: readonly StackRow[], index: number, layers: readonly LayerSpec[]): Place {
  const row = rows[index]
  if (!row) return { block: null, index: layers.length }
  return row.kind === 'layer' ? row.place : { block: row.block.id, index: row.block.layers.length }
}

/** A block that holds the layer is open whatever was folded before: what is worked on is in sight. */
export function isOpenFor(layers: readonly LayerSpec[], folded: ReadonlySet<string>, active: string | null) {
  const around = active === null ? [] : pathTo(layers, active).slice(0, -1)
  return (block: string) => !folded.has(block) || around.some(({ id }) => id === block)
}
