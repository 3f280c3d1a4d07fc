import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { RequestOf } from '#shared/contract/methods.ts'
import { THEME_SETTING, themeOf, type Theme } from '#shared/contract/theme.ts'
import { useLabStore } from './lab.ts'
import { useToastsStore } from './toasts.ts'

type SettingValue = RequestOf<'settings.set'>['value']

/** What the person has chosen, kept by the lab. */
export const useSettingsStore = defineStore('settings', () => {
  const lab = useLabStore()
  const toasts = useToastsStore()
  const values = ref<Record<string, SettingValue>>({})

  const theme = computed(() => themeOf(values.value[THEME_SETTING]))

  async function refresh(): Promise<void> {
    try {
      values.value = await lab.request('settings.get', {})
    } catch {
      // The defaults serve until the lab answers; the status bar says that it does not.
    }
  }

  async function load(): Promise<void> {
    lab.subscribe('settings.changed', ({ key, value }) => (values.value[key] = value))
    lab.onReconnect(() => void refresh())
    await refresh()
  }

  /** Takes effect at once and is kept for the next start. */
  async function set(key: string, value: SettingValue): Promise<void> {
    values.value[key] = value
    try {
      await lab.request('settings.set', { key, value })
    } catch (error) {
      toasts.show(`This choice holds until the window is closed: ${toErrorMessage(error).message}`, { tone: 'danger' })
    }
  }

  return { values, theme, load, set, setTheme: (chosen: Theme) => set(THEME_SETTING, chosen) }
})
