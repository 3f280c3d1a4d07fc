import { shallowRef, watch } from 'vue'
import { pathTo, placeOf, stackOf } from '#shared/model/tree.ts'
import { useDraftStore } from '../../stores/draft.ts'

/**
 * What happened to the stack, in words for people who do not see it. Keystrokes in a field are left out: the field
 * itself is read to them.
 */
export function useAnnouncements() {
  const draft = useDraftStore()
  const message = shallowRef('')

  watch(
    () => draft.history,
    (now, before) => {
      const steps = now.past.length - before.past.length
      const step = now.past.at(-1)
      if (steps === -1 && now.future.length > before.future.length) say(`Undone: ${now.future.at(-1)!.label}.`)
      else if (
        steps === 1 &&
        step &&
        now.future.length < before.future.length &&
        before.future.at(-1)!.label === step.label
      ) {
        say(`Redone: ${step.label}.`)
      } else if (steps === 1 && step && step.burst === null) say(`Done: ${step.label}.${placeOfActive()}`)
    },
    { flush: 'post' },
  )

  watch(
    () => draft.selection.ids,
    (ids) => ids.length > 1 && say(`${ids.length} layers selected.`),
  )

  function placeOfActive(): string {
    const layer = draft.active
    if (!layer) return draft.layers.length === 0 ? ' No layers are left.' : ''
    const { block, index } = placeOf(draft.layers, layer.id)!
    const where = block === null ? '' : ` in ${block}, level ${pathTo(draft.layers, layer.id).length}`
    return ` ${layer.type} ${layer.id} is layer ${index + 1} of ${stackOf(draft.layers, block)!.length}${where}.`
  }

  /** The same sentence twice is read twice only if it differs. */
  function say(text: string): void {
    message.value = message.value === text ? `${text}\u00a0` : text
  }

  return { message, say }
}
