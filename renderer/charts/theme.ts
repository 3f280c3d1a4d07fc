/** What a chart needs to know of the window's tokens, as colours that a canvas takes. */
export interface ChartTheme {
  readonly text: string
  readonly muted: string
  readonly grid: string
  readonly ground: string
  readonly font: string
  /** The colour of a token, such as "run-1". */
  colour(token: string): string
}

/** The tokens as they stand now; read again after `onThemeChange`. */
export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element)
  const known = new Map<string, string>()
  const token = (name: string) => {
    const colour = known.get(name) ?? style.getPropertyValue(`--${name}`).trim()
    known.set(name, colour)
    return colour
  }
  return {
    text: token('text'),
    muted: token('text-muted'),
    grid: token('line'),
    ground: token('raised'),
    font: style.fontFamily,
    colour: token,
  }
}

/** Calls `listener` when the window changes between light and dark; returns the way to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  return () => observer.disconnect()
}

/** A `#rrggbb` colour at a share of its strength; other notations come back as they are. */
export function faded(colour: string, share: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour
  return (
    colour +
    Math.round(share * 255)
      .toString(16)
      .padStart(2, '0')
  )
}
