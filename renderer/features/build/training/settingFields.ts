import type { TrainingSettings } from '#shared/model/training.ts'
import type { Edited } from '../../../editing/words.ts'
import { useDraftStore } from '../../../stores/draft.ts'

type Groups = { [Key in keyof TrainingSettings]: TrainingSettings[Key] extends object | null ? Key : never }
/** Settings that are objects of their own. */
export type SettingGroup = Groups[keyof TrainingSettings]

/** What a field of the form needs of the draft: its value, what is wrong with it, and where a new one goes. */
export function useSettingFields() {
  const draft = useDraftStore()

  function bind<Key extends keyof TrainingSettings>(key: Key, how: Edited) {
    return {
      modelValue: draft.settings[key],
      error: draft.settingsErrors[key] ?? null,
      'onUpdate:modelValue': (value: unknown) => draft.setSetting(key, value as TrainingSettings[Key], how),
    }
  }

  function bindWithin<Value>(group: SettingGroup, part: string, value: Value, how: Edited) {
    const change = (next: unknown) =>
      draft.setSetting(group, { ...draft.settings[group], [part]: next } as never, { ...how, part })
    return {
      modelValue: value,
      error: draft.settingsErrors[`${group}.${part}`] ?? null,
      'onUpdate:modelValue': change,
    }
  }

  return {
    /** For a switch or a list. */
    chosen: <Key extends keyof TrainingSettings>(key: Key) => bind(key, {}),
    /** For a field that is typed into. */
    typed: <Key extends keyof TrainingSettings>(key: Key) => bind(key, { typed: true }),
    /** The same for a field within a group, such as the momentum within the optimiser. */
    chosenWithin: <Value>(group: SettingGroup, part: string, value: Value) => bindWithin(group, part, value, {}),
    typedWithin: <Value>(group: SettingGroup, part: string, value: Value) =>
      bindWithin(group, part, value, { typed: true }),
  }
}
