import type { Frame, Place } from './frame.ts'
import type { useCursor } from './useCursor.ts'
import type { useView } from './useView.ts'

interface KeyOptions {
  readonly frame: () => Frame | null
  /** Where the crosshair stands, in pixels; zooming keeps it in place. */
  readonly crosshair: () => number | null
  readonly cursor: ReturnType<typeof useCursor>
  readonly view: ReturnType<typeof useView>
}

const FACTOR = 1.5
/** How much of the view a key pans. */
const PAN_SHARE = 0.25

/** Everything that the pointer can do with a chart, by keys. */
export function useKeys({ frame, crosshair, cursor, view }: KeyOptions) {
  const centre = ({ left, right, top, bottom }: Frame): Place => ({
    x: crosshair() ?? (left + right) / 2,
    y: (top + bottom) / 2,
  })
  const zoom = (factor: number) => {
    const now = frame()
    if (now) view.zoomAround(centre(now), factor)
  }
  const pan = (x: number, y: number) => {
    const now = frame()
    if (now) view.panBy({ x: x * PAN_SHARE * (now.right - now.left), y: y * PAN_SHARE * (now.bottom - now.top) })
  }

  const ACTIONS: Readonly<Record<string, (shift: boolean) => void>> = {
    ArrowLeft: (shift) => (shift ? pan(1, 0) : cursor.step(-1)),
    ArrowRight: (shift) => (shift ? pan(-1, 0) : cursor.step(1)),
    ArrowUp: (shift) => (shift ? pan(0, 1) : cursor.step(1)),
    ArrowDown: (shift) => (shift ? pan(0, -1) : cursor.step(-1)),
    PageUp: () => cursor.step(10),
    PageDown: () => cursor.step(-10),
    Home: () => cursor.step(-Infinity),
    End: () => cursor.step(Infinity),
    '+': () => zoom(FACTOR),
    '=': () => zoom(FACTOR),
    '-': () => zoom(1 / FACTOR),
    '0': () => view.fit(),
  }

  return function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Escape') {
      // Without a cursor, Escape is for what lies around the chart.
      if (cursor.crosshair.value === null) return
      cursor.clear()
    } else {
      const act = ACTIONS[event.key]
      if (!act) return
      act(event.shiftKey)
    }
    event.preventDefault()
    event.stopPropagation()
  }
}
