import type { LayerDefinition } from '#shared/model/definition.ts'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'

export type FoundLayer = (typeof LAYER_DEFINITIONS)[number]

/** What a layer is found by. */
type Words = Pick<LayerDefinition, 'type' | 'group' | 'summary' | 'keywords'>

/**
 * Layers whose name, shelf, summary or keywords hold every word that was typed; those whose name begins with it come first,
 * then those that have it in their name.
 */
export function searchLayers(typed: string): readonly FoundLayer[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const first = words[0] ?? ''
  const rank = ({ type }: FoundLayer) => {
    const at = type.toLowerCase().indexOf(first)
    return at === 0 ? 0 : at > 0 ? 1 : 2
  }
  return LAYER_DEFINITIONS.filter((definition) => {
    const { type, group, summary, keywords = '' }: Words = definition
    const text = `${type} ${group} ${summary} ${keywords}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }).toSorted((left, right) => rank(left) - rank(right))
}
