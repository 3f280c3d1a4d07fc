import { shallowReactive } from 'vue'
import type { RunGroup } from './groups.ts'

/** Which groups of a list are unfolded: those the person has opened, and until they say otherwise those `holds` names. */
export function useFolding(holds: (group: RunGroup) => boolean) {
  const choices = shallowReactive(new Map<string, boolean>())
  const isOpen = (group: RunGroup) => choices.get(group.id) ?? holds(group)
  const fold = (group: RunGroup, open: boolean) => choices.set(group.id, open)
  return { isOpen, fold }
}
