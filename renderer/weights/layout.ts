import type { FilterShape } from '#shared/snapshots/format.ts'

/** Rows of weights without the shape of an image are broken into lines once they are longer than this. */
const LONGEST_STRIP = 64

/** One filter as a picture of `width` by `height` weights. */
export interface FilterPicture {
  readonly width: number
  readonly height: number
  /** Where weight k stands: row · width + column. */
  readonly places: Int32Array
}

/**
 * A filter as a picture: its channels as tiles of rows by columns, side by side in a nearly square mosaic. A row of
 * inputs that is no image is a strip, broken into lines like a text where it is long.
 *
 * @param size weights that are there, from the first on.
 */
export function pictureOf({ height, width, channels }: FilterShape, size = height * width * channels): FilterPicture {
  if (height === 1 && channels === 1) return stripOf(size)
  const across = Math.ceil(Math.sqrt(channels))
  const down = Math.ceil(channels / across)
  const pictureWidth = across * width
  const places = new Int32Array(size)
  for (let k = 0; k < size; k++) {
    const channel = k % channels
    const column = Math.floor(k / channels) % width
    const row = Math.floor(k / channels / width)
    const tileRow = Math.floor(channel / across)
    places[k] = (tileRow * height + row) * pictureWidth + (channel % across) * width + column
  }
  return { width: pictureWidth, height: down * height, places }
}

function stripOf(size: number): FilterPicture {
  const width = size <= LONGEST_STRIP ? size : Math.ceil(Math.sqrt(size))
  return { width, height: Math.ceil(size / width), places: Int32Array.from(new Int32Array(size).keys()) }
}

/** How filters stand side by side, in pixels of the screen. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  /** Pixels for one weight, and between two filters. */
  readonly scale: number
}

const MOST_SCALE = 24
/** As many filters should be in sight at once, if there are so many. */
const WANTED_IN_SIGHT = 24

/** The largest whole scale at which enough filters fit into an area; at least one filter, even where none fits. */
export function gridFor(
  picture: Pick<FilterPicture, 'width' | 'height'>,
  filters: number,
  area: { readonly width: number; readonly height: number },
): Grid {
  const wanted = Math.min(filters, WANTED_IN_SIGHT)
  for (let scale = MOST_SCALE; scale > 1; scale--) {
    const grid = gridAt(picture, filters, area, scale)
    const { width, height } = sizeOf(grid, picture)
    const fits = width * scale <= area.width && height * scale <= area.height
    if (fits && grid.columns * grid.rows >= wanted) return grid
  }
  return gridAt(picture, filters, area, 1)
}

function gridAt(
  { width, height }: Pick<FilterPicture, 'width' | 'height'>,
  filters: number,
  area: { readonly width: number; readonly height: number },
  scale: number,
): Grid {
  const fitting = (room: number, side: number) => Math.floor((room / scale + 1) / (side + 1))
  const columns = Math.min(filters, Math.max(1, fitting(area.width, width)))
  const rows = Math.max(1, Math.min(fitting(area.height, height), Math.ceil(filters / columns)))
  return { columns, rows, scale }
}

/** Weights that a grid is wide and high, with one between two filters. */
export function sizeOf(
  { columns, rows }: Pick<Grid, 'columns' | 'rows'>,
  { width, height }: Pick<FilterPicture, 'width' | 'height'>,
) {
  return { width: columns * (width + 1) - 1, height: rows * (height + 1) - 1 }
}

/** The weight under a place in the grid, in weights from its upper left; null between filters. */
export function weightAt(
  grid: Pick<Grid, 'columns' | 'rows'>,
  { width, height, places }: FilterPicture,
  x: number,
  y: number,
): { filter: number; k: number } | null {
  const column = Math.floor(x / (width + 1))
  const row = Math.floor(y / (height + 1))
  const inner = { x: Math.floor(x) - column * (width + 1), y: Math.floor(y) - row * (height + 1) }
  if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return null
  if (inner.x >= width || inner.y >= height) return null
  const k = places.indexOf(inner.y * width + inner.x)
  return k < 0 ? null : { filter: row * grid.columns + column, k }
}
