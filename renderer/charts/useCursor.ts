import { computed, shallowRef, type Ref } from 'vue'
import type { Extent } from './extent.ts'
import type { ChartLine } from './line.ts'
import { readingsAt, snap } from './reading.ts'
import type { Frame } from './useLineChart.ts'

/** Narrower drags than this are clicks. */
const LEAST_DRAG = 6

interface CursorOptions {
  readonly lines: () => readonly ChartLine[]
  readonly frame: Ref<Frame | null>
  /** The x under the crosshair; charts that share it show the same place. */
  readonly cursor: Ref<number | null>
  readonly zoom: Ref<Extent | null>
}

/** The pointer and the keys on a chart: the crosshair, the box that zooms, and the way back. */
export function useCursor({ lines, frame, cursor, zoom }: CursorOptions) {
  /** Where the pointer or the keys are, in pixels of the canvas; `null` while another chart has the cursor. */
  const pointer = shallowRef<{ x: number; y: number } | null>(null)
  const dragStart = shallowRef<number | null>(null)
  /** Whether this chart moves the cursor; the others that share it only show the place. */
  const isLeading = shallowRef(false)

  const xToPixel = (x: number) => {
    const { left, right, x: extent } = frame.value!
    return left + ((x - extent.low) / (extent.high - extent.low)) * (right - left)
  }
  const pixelToX = (pixel: number) => {
    const { left, right, x: extent } = frame.value!
    const inside = Math.min(right, Math.max(left, pixel))
    return extent.low + ((inside - left) / (right - left)) * (extent.high - extent.low)
  }

  const crosshair = computed(() => {
    if (!frame.value || cursor.value === null) return null
    const pixel = xToPixel(cursor.value)
    return pixel < frame.value.left - 0.5 || pixel > frame.value.right + 0.5 ? null : pixel
  })
  const readings = computed(() => {
    if (crosshair.value === null || cursor.value === null) return []
    const found = readingsAt(lines(), cursor.value)
    if (!pointer.value) return found
    const distance = (value: number) => Math.abs(frame.value!.yToPixel(value) - pointer.value!.y)
    return found.toSorted((a, b) => distance(a.value) - distance(b.value))
  })
  const selection = computed(() => {
    if (dragStart.value === null || !pointer.value) return null
    const [left, right] = [dragStart.value, pointer.value.x].toSorted((a, b) => a - b)
    return right! - left! < LEAST_DRAG ? null : { left: left!, width: right! - left! }
  })

  function move(event: PointerEvent): void {
    if (!frame.value) return
    pointer.value = { x: event.offsetX, y: event.offsetY }
    isLeading.value = true
    cursor.value = snap(lines(), pixelToX(event.offsetX))
  }

  function press(event: PointerEvent): void {
    if (!frame.value || event.button !== 0) return
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    dragStart.value = event.offsetX
    move(event)
  }

  function release(): void {
    if (selection.value) {
      const { left, width } = selection.value
      zoom.value = { low: pixelToX(left), high: pixelToX(left + width) }
    }
    dragStart.value = null
  }

  function leave(): void {
    pointer.value = null
    dragStart.value = null
    isLeading.value = false
    cursor.value = null
  }

  function step(key: string, far: boolean): boolean {
    const longest = lines().toSorted((a, b) => b.x.length - a.x.length)[0]
    if (!longest || longest.x.length === 0 || !frame.value) return false
    const last = longest.x.length - 1
    const at = cursor.value === null ? last : longest.x.view().findIndex((x) => x >= cursor.value!)
    const stride = far ? 10 : Math.max(1, Math.round((last + 1) / 200))
    const targets: Record<string, number> = { ArrowLeft: at - stride, ArrowRight: at + stride, Home: 0, End: last }
    const target = targets[key]
    if (target === undefined) return false
    isLeading.value = true
    cursor.value = longest.x.at(Math.min(last, Math.max(0, target)))!
    return true
  }

  function key(event: KeyboardEvent): void {
    if (event.key === 'Escape' && cursor.value !== null) leave()
    else if (event.key === '0' && zoom.value) zoom.value = null
    else if (!step(event.key, event.shiftKey)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return { isLeading, crosshair, readings, selection, move, press, release, leave, key }
}
