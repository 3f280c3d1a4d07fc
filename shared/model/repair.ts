import { wordsOf } from './words.ts'

/** A layer that a repair adds; what it does not say keeps its default. */
export interface AddedLayer {
  readonly type: 'Flatten' | 'Linear' | 'BatchNorm'
  readonly outFeatures?: number
}

/** What would put a problem right, for a program; the problem's `fix` says it to people. */
export type Repair =
  /** Layers go before the one with the problem, in the same stack. */
  | { readonly kind: 'insert'; readonly layers: readonly AddedLayer[] }
  /** Layers go to the end of the network. */
  | { readonly kind: 'append'; readonly layers: readonly AddedLayer[] }
  /** A parameter takes a value: that of the layer with the problem, or of another. */
  | { readonly kind: 'set'; readonly parameter: string; readonly value: unknown; readonly layerId?: string }
  /** The block with the problem gets a 1×1 shortcut that strides, by pooling or by itself. */
  | { readonly kind: 'useShortcut'; readonly stride: number; readonly pools: boolean }
  /** The layer with the problem, or a block around it, goes before the last layer before it that makes features of an image. */
  | { readonly kind: 'moveBeforeFlatten' }
  /** The block with the problem goes behind the one around it. */
  | { readonly kind: 'moveOut' }

/** A repair as a button says it, such as "Insert Flatten" or "Use kernel size 3". */
export function describeRepair(repair: Repair): string {
  switch (repair.kind) {
    case 'insert':
      return `Insert ${namesOf(repair.layers)}`
    case 'append':
      return `Append ${namesOf(repair.layers)}`
    case 'set': {
      const isOutput = repair.parameter === 'outFeatures'
      const words = wordsOf(repair.parameter)
      return isOutput ? `Set ${words} to ${String(repair.value)}` : `Use ${words} ${String(repair.value)}`
    }
    case 'useShortcut':
      return 'Use a 1×1 shortcut'
    case 'moveBeforeFlatten':
      return 'Move before the flattening'
    case 'moveOut':
      return 'Move out of the block'
  }
}

const namesOf = (layers: readonly AddedLayer[]) => layers.map(({ type }) => type).join(' and ')
