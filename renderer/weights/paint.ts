import { sizeOf, type FilterPicture, type Grid } from './layout.ts'
import { amountColour, latentColour, type Colour, type WeightPalette } from './palette.ts'
import { rangesOf, type WeightPage } from './values.ts'

/** Whether the strongest colour stands for the largest value of each filter, or of the whole layer. */
export type Scope = 'unit' | 'layer'

/** Colours told apart between nothing and the most; a GIF has room for them and a few more. */
const SHADES = 240

/** Pixels as an ImageData holds them: red, green, blue, alpha. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

export interface Painting {
  readonly picture: FilterPicture
  readonly grid: Grid
  readonly palette: WeightPalette
  readonly scope: Scope
  /** Of the layer; see `Snapshot`. */
  readonly range: number
}

/** A page of filters at one pixel a weight and one between two filters; what is no weight stays transparent. */
export function paintPage(page: WeightPage, painting: Painting): Pixels {
  const shades = Uint32Array.from(shadesOf(page.mode, painting.palette), packed)
  const ranges = painting.scope === 'unit' ? rangesOf(page) : null
  const { values, size } = page
  // From -1 to 1 or, of counts, from 0: where nothing stands among the shades, and how many there are to the most.
  const [zero, reach] = page.mode === 'flips' ? [0, SHADES - 1] : [(SHADES - 1) / 2, (SHADES - 1) / 2]
  return paintFilters(page, painting, (pixels, places, filter) => {
    const range = (ranges ? ranges[filter]! : painting.range) || 1
    for (let k = 0; k < size; k++) {
      const share = Math.max(-1, Math.min(1, values[filter * size + k]! / range))
      pixels[places[k]!] = shades[Math.round(zero + share * reach)]!
    }
  })
}

/** Only the weights that have just flipped. */
export function paintFlips(page: WeightPage, flips: Uint8Array, painting: Painting): Pixels {
  const flip = packed(painting.palette.flip)
  const { size } = page
  return paintFilters(page, painting, (pixels, places, filter) => {
    for (let k = 0; k < size; k++) if (flips[filter * size + k]) pixels[places[k]!] = flip
  })
}

/** @param paint one filter, whose weight k has the pixel `places[k]`. */
function paintFilters(
  { count, size }: WeightPage,
  { picture, grid }: Painting,
  paint: (pixels: Uint32Array, places: Int32Array, filter: number) => void,
): Pixels {
  const { width, height } = sizeOf(grid, picture)
  const data = new Uint8ClampedArray(width * height * 4)
  const inGrid = picture.places.map((place) => {
    const row = Math.floor(place / picture.width)
    return row * width + place - row * picture.width
  })
  const places = new Int32Array(size)
  for (let filter = 0; filter < Math.min(count, grid.columns * grid.rows); filter++) {
    const left = (filter % grid.columns) * (picture.width + 1)
    const top = Math.floor(filter / grid.columns) * (picture.height + 1)
    for (let k = 0; k < size; k++) places[k] = top * width + left + inGrid[k]!
    paint(new Uint32Array(data.buffer), places, filter)
  }
  return { width, height, data }
}

/** A colour as the one number that its four bytes are on this machine: one write a pixel is four times as fast. */
function packed([red, green, blue]: Colour): number {
  return new Uint32Array(Uint8ClampedArray.of(red, green, blue, 255).buffer)[0]!
}

/** From -1 to 1, or from 0 to 1 for counts. */
function shadesOf(mode: WeightPage['mode'], palette: WeightPalette): readonly Colour[] {
  return Array.from({ length: SHADES }, (_, index) => {
    const share = index / (SHADES - 1)
    if (mode === 'flips') return amountColour(palette, share)
    if (mode === 'latents') return latentColour(palette, 2 * share - 1)
    return share < 0.5 ? palette.minus : palette.plus
  })
}
