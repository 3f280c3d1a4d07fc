import type { BrowserWindow, NativeTheme } from 'electron'
import type { Lab } from '#shared/contract/lab.ts'
import { THEME_SETTING, themeOf } from '#shared/contract/theme.ts'

/** The grounds of renderer/styles/tokens.css, shown for the moment before the page has drawn its own. */
const GROUNDS = { dark: '#0e1116', light: '#f7f8fa' } as const

export function groundColour(theme: Pick<NativeTheme, 'shouldUseDarkColors'>): string {
  return theme.shouldUseDarkColors ? GROUNDS.dark : GROUNDS.light
}

/** Makes menus, dialogs and `prefers-color-scheme` follow the theme that was chosen in the lab. */
export async function followTheme(
  lab: Lab,
  theme: NativeTheme,
  currentWindow: () => BrowserWindow | null,
): Promise<void> {
  theme.on('updated', () => currentWindow()?.setBackgroundColor(groundColour(theme)))
  lab.subscribe('settings.changed', ({ key, value }) => {
    if (key === THEME_SETTING) theme.themeSource = themeOf(value)
  })
  const settings = await lab.request('settings.get', {})
  theme.themeSource = themeOf(settings[THEME_SETTING])
}
