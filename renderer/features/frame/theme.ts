import { usePreferredDark } from '@vueuse/core'
import { computed, watchEffect } from 'vue'
import { useSettingsStore } from '../../stores/settings.ts'

/** Keeps `data-theme` on the document at what the person chose, or at what the system has. */
export function useTheme(): void {
  const settings = useSettingsStore()
  const systemIsDark = usePreferredDark()
  const shown = computed(() => {
    if (settings.theme !== 'system') return settings.theme
    return systemIsDark.value ? 'dark' : 'light'
  })
  watchEffect(() => (document.documentElement.dataset['theme'] = shown.value))
}
