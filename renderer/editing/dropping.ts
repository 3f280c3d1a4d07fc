/** Upper and lower edge of one block of the stack, in pixels of the window. */
export interface Extent {
  readonly top: number
  readonly bottom: number
}

/** A block that what is dropped goes before or behind. */
export interface DropBlock extends Extent {
  /** Whatever is dropped on it goes before it: an empty stack takes it. */
  readonly takesAll?: boolean
}

/** How near to the edge the pointer scrolls, and how fast at most. */
const EDGE_PIXELS = 48
const PIXELS_PER_FRAME = 14

/** The index before which what is dropped at `y` will stand: a block gives way at its middle. */
export function dropIndex(blocks: readonly DropBlock[], y: number): number {
  return blocks.filter(({ top, bottom, takesAll }) => (takesAll ? bottom : (top + bottom) / 2) < y).length
}

/** Where the insertion marker stands: between two blocks, or at the end of the last one. */
export function markerAt(blocks: readonly Extent[], index: number, empty: number): number {
  return blocks[index]?.top ?? blocks.at(-1)?.bottom ?? empty
}

/** Pixels to scroll in this frame while something is held at `y`: faster, the nearer it is to an edge. */
export function scrollSpeed({ top, bottom }: Extent, y: number): number {
  const above = top + EDGE_PIXELS - y
  const below = y - (bottom - EDGE_PIXELS)
  const depth = Math.max(above, below)
  if (depth <= 0) return 0
  const speed = Math.ceil(PIXELS_PER_FRAME * Math.min(1, depth / EDGE_PIXELS))
  return above > below ? -speed : speed
}
