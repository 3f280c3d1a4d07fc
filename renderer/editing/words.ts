import type { LayerSpec } from '#shared/model/spec.ts'
import { findLayer, placeOf } from '#shared/model/tree.ts'
import { wordsOf } from '#shared/model/words.ts'

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

/** How a value came to be another. */
export interface Edited {
  /** What was changed within it: the bits of a quantizer, the momentum of an optimiser. */
  readonly part?: string
  /** Typed rather than chosen: what is typed in one field in one go is one step, each choice is one of its own. */
  readonly typed?: boolean
}

/** A step of the history by its label and by the burst that it may join. */
interface StepName {
  readonly label: string
  readonly burst: string | null
}

/** A change of a layer's parameter: "change kernel size of QConv2d", or "change bits of the input quantizer of QConv2d". */
export function nameParameter(layer: LayerSpec, name: string, how: Edited = {}): StepName {
  const step = nameSetting(name, how)
  return { label: `${step.label} of ${layer.type}`, burst: step.burst && `${layer.id}.${step.burst}` }
}

/** The same for how a network is trained: "change epochs", or "change momentum of the optimiser". */
export function nameSetting(name: string, { part, typed = false }: Edited = {}): StepName {
  const what = part === undefined ? wordsOf(name) : `${wordsOf(part)} of the ${wordsOf(name)}`
  return { label: `change ${what}`, burst: typed ? [name, ...(part === undefined ? [] : [part])].join('.') : null }
}
