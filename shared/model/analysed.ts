import type { LayerCost } from './cost.ts'
import type { Signal } from './signal.ts'

/** As much as the rules of one layer ask about another: its name, and the sizes that decide shapes, where it has them. */
export interface LayerFacts {
  readonly id: string
  readonly type: string
  readonly kernelSize?: number
  readonly stride?: number | null
  readonly padding?: number
  readonly outFeatures?: number
}

/** One layer with what enters it, what leaves it, and what it costs. */
export interface Analysed<Layer extends LayerFacts = LayerFacts> {
  readonly layer: Layer
  readonly input: Signal
  readonly output: Signal
  /** With everything inside. */
  readonly cost: LayerCost
  /** Without what the layers inside cost: for a block, its shortcut. */
  readonly own: LayerCost
  /** The layers that a block holds; none for every other layer. */
  readonly inside: readonly Analysed<Layer>[]
}
