import { computed, shallowRef, watch, type Ref } from 'vue'
import { pixelToX, xToPixel, yToPixel, type Frame, type Place } from './frame.ts'
import { fromAxis, toAxis, type ChartLine } from './line.ts'
import { readingsAt, snap, sortByDistance } from './reading.ts'
import { nearestIndex } from './series.ts'

interface CursorOptions {
  readonly lines: () => readonly ChartLine[]
  readonly frame: () => Frame | null
  /** Where the pointer is, in pixels of the chart. */
  readonly pointer: Ref<Place | null>
  /** The x on the axis under the crosshair; charts that share it show the same place. */
  readonly cursor: Ref<number | null>
}

/** How many presses of a key it takes to cross a chart. */
const STRIDES = 200

/** The crosshair: it follows the pointer or the keys to the nearest point, and reads the lines there. */
export function useCursor({ lines, frame, pointer, cursor }: CursorOptions) {
  /** Whether this chart moves the cursor; the others that share it only show the place. */
  const isLeading = shallowRef(false)

  watch(pointer, (place) => {
    const now = frame()
    if (!now) return
    if (place) {
      isLeading.value = true
      const inside = Math.min(now.right, Math.max(now.left, place.x))
      cursor.value = snap(lines(), pixelToX(now, inside))
    } else clear()
  })

  const crosshair = computed(() => {
    const now = frame()
    if (!now || cursor.value === null) return null
    const pixel = xToPixel(now, cursor.value)
    return pixel < now.left - 0.5 || pixel > now.right + 0.5 ? null : pixel
  })
  const readings = computed(() => {
    const now = frame()
    if (!now || crosshair.value === null || cursor.value === null) return []
    const height = isLeading.value ? (pointer.value?.y ?? null) : null
    return sortByDistance(readingsAt(lines(), cursor.value), (value) => yToPixel(now, value), height)
  })

  function clear(): void {
    if (isLeading.value) cursor.value = null
    isLeading.value = false
  }

  /** Moves along the longest line by so many strides; `Infinity` goes to its end in view. */
  function step(strides: number): void {
    const now = frame()
    const line = lines().toSorted((a, b) => b.x.length - a.x.length)[0]
    if (!now || !line || line.x.length === 0) return
    const xs = line.x.view()
    const [first, last] = [now.x.low, now.x.high].map((x) => nearestIndex(xs, fromAxis(line, x)))
    const at = cursor.value === null ? last! : nearestIndex(xs, fromAxis(line, cursor.value))
    const stride = Math.max(1, Math.round((last! - first! + 1) / STRIDES))
    const target = Math.min(last!, Math.max(first!, at + strides * stride))
    isLeading.value = true
    cursor.value = toAxis(line, xs[target]!)
  }

  return { isLeading, crosshair, readings, step, clear }
}
