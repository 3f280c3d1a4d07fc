/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number]

/** The colours that weights are painted in, from the window's tokens. */
export interface WeightPalette {
  readonly plus: Colour
  readonly minus: Colour
  /** A weight that has just flipped. */
  readonly flip: Colour
  /** Nothing: a latent weight of 0, a weight that never flipped. */
  readonly zero: Colour
  /** The most there is of what is no bit. */
  readonly most: Colour
}

/** The tokens as they stand at this element. */
export function readPalette(element: Element): WeightPalette {
  const style = getComputedStyle(element)
  const colour = (token: string) => parseColour(style.getPropertyValue(`--${token}`))
  return {
    plus: colour('plus'),
    minus: colour('minus'),
    flip: colour('flip'),
    zero: colour('sunken'),
    most: colour('text'),
  }
}

/** A token's `#rrggbb`, or `#rgb` as a built page shortens it; black for anything else, which no token is. */
export function parseColour(text: string): Colour {
  const digits = text.trim().replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3')
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(digits)
  return match ? [parseInt(match[1]!, 16), parseInt(match[2]!, 16), parseInt(match[3]!, 16)] : [0, 0, 0]
}

/** From `from` at share 0 to `to` at share 1. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const part = Math.max(0, Math.min(1, share))
  const channel = (index: 0 | 1 | 2) => Math.round(from[index] + part * (to[index] - from[index]))
  return [channel(0), channel(1), channel(2)]
}

/** Most latent weights are much smaller than the largest: the root tells them apart. */
export function strengthOf(share: number): number {
  return Math.sqrt(Math.min(1, Math.abs(share)))
}

/** Two colours away from nothing by sign, lightness by magnitude; `share` runs from -1 to 1. */
export function latentColour(palette: WeightPalette, share: number): Colour {
  return mix(palette.zero, share >= 0 ? palette.plus : palette.minus, strengthOf(share))
}

/** How much of what is no bit; `share` runs from 0 to 1. */
export function amountColour(palette: WeightPalette, share: number): Colour {
  return mix(palette.zero, palette.most, strengthOf(share))
}
