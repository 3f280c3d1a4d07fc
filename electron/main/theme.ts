import type { BrowserWindow, NativeTheme } from 'electron'
import type { Lab } from '#shared/contract/lab.ts'

/** The grounds of renderer/styles/tokens.css, shown for the moment before the page has drawn its own. */
const GROUNDS = { dark: '#0e1116', light: '#f7f8fa' } as const

const THEME_SETTING = 'theme'
const THEMES = ['system', 'light', 'dark'] as const

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
    if (key === THEME_SETTING) apply(theme, value)
  })
  const settings = await lab.request('settings.get', {})
  apply(theme, settings[THEME_SETTING])
}

function apply(theme: NativeTheme, value: unknown): void {
  theme.themeSource = THEMES.find((name) => name === value) ?? 'system'
}
