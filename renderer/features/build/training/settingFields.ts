import type { TrainingSettings } from '#shared/model/training.ts'
import { useDraftStore } from '../../../stores/draft.ts'

type Groups = { [Key in keyof TrainingSettings]: TrainingSettings[Key] extends object | null ? Key : never }
/** Settings that are objects of their own. */
export type SettingGroup = Groups[keyof TrainingSettings]

/** What a field of the form needs of the draft: its value, what is wrong with it, and where a new one goes. */
export function useSettingFields() {
  const draft = useDraftStore()

  function bind<Key extends keyof TrainingSettings>(key: Key) {
    return {
      modelValue: draft.settings[key],
      error: draft.settingsErrors[key] ?? null,
      'onUpdate:modelValue': (value: unknown) => draft.setSetting(key, value as TrainingSettings[Key]),
    }
  }

  /** For a field within a group, such as the momentum within the optimiser. */
  function bindWithin<Value>(group: SettingGroup, field: string, value: Value) {
    const change = (next: unknown) => draft.setSetting(group, { ...draft.settings[group], [field]: next } as never)
    return {
      modelValue: value,
      error: draft.settingsErrors[`${group}.${field}`] ?? null,
      'onUpdate:modelValue': change,
    }
  }

  return { bind, bindWithin }
}
