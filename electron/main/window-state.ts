import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { BrowserWindow, Rectangle, Screen } from 'electron'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'

const stateSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
})
export type WindowState = z.output<typeof stateSchema>

/** Where a window opens: the place is left to the system where none is known. */
export type WindowPlace = Pick<WindowState, 'width' | 'height' | 'maximized'> & Partial<Pick<WindowState, 'x' | 'y'>>

/** Every room works at this size without scrolling its frame. */
const FIRST_PLACE: WindowPlace = { width: 1280, height: 832, maximized: false }

/** So much of a window must lie on a display for a person to find and grab it. */
const VISIBLE_PIXELS = 80

/** Where the window was last, if that is known and a display still shows it. */
export function readWindowPlace(path: string, screen: Pick<Screen, 'getAllDisplays'>): WindowPlace {
  const state = readState(path)
  if (!state) return FIRST_PLACE
  const visible = screen.getAllDisplays().some(({ workArea }) => overlaps(state, workArea))
  return visible ? state : { ...FIRST_PLACE, maximized: state.maximized }
}

/** Keeps the window's place for the next start. It is a convenience: a folder that cannot be written loses only that. */
export function keepWindowPlace(path: string, window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      mkdirSync(dirname(path), { recursive: true })
      writeFileAtomic.sync(path, JSON.stringify(state))
    } catch (error) {
      console.error(`The window's place was not kept in ${path}:`, error)
    }
  })
}

/** Null where nothing was kept, and where what was kept is not a place. */
function readState(path: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width >= VISIBLE_PIXELS && height >= VISIBLE_PIXELS
}
