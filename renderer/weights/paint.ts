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
  const colours = shadesOf(page.mode, painting.palette)
  const ranges = painting.scope === 'unit' ? rangesOf(page) : null
  const isSigned = page.mode !== 'flips'
  return paintFilters(page, painting, (value, filter) => {
    const range = (ranges ? ranges[filter]! : painting.range) || 1
    const share = Math.max(-1, Math.min(1, value / range))
    return colours[isSigned ? Math.round(((share + 1) / 2) * (SHADES - 1)) : Math.round(share * (SHADES - 1))]!
  })
}

/** Only the weights that have just flipped. */
export function paintFlips(page: WeightPage, flips: Uint8Array, painting: Painting): Pixels {
  return paintFilters(page, painting, (_, filter, k) => (flips[filter * page.size + k] ? painting.palette.flip : null))
}

function paintFilters(
  { values, count, size }: WeightPage,
  { picture, grid }: Painting,
  colourOf: (value: number, filter: number, k: number) => Colour | null,
): Pixels {
  const { width, height } = sizeOf(grid, picture)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let filter = 0; filter < Math.min(count, grid.columns * grid.rows); filter++) {
    const left = (filter % grid.columns) * (picture.width + 1)
    const top = Math.floor(filter / grid.columns) * (picture.height + 1)
    for (let k = 0; k < size; k++) {
      const colour = colourOf(values[filter * size + k]!, filter, k)
      if (!colour) continue
      const place = picture.places[k]!
      const row = Math.floor(place / picture.width)
      const at = 4 * ((top + row) * width + left + (place - row * picture.width))
      data[at] = colour[0]
      data[at + 1] = colour[1]
      data[at + 2] = colour[2]
      data[at + 3] = 255
    }
  }
  return { width, height, data }
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
