export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The setting that keeps the theme. */
export const THEME_SETTING = 'theme'

/** The theme that a setting's value names; `system` for anything else. */
export function themeOf(value: unknown): Theme {
  return THEMES.find((name) => name === value) ?? 'system'
}
