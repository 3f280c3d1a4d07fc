import { computed, shallowRef } from 'vue'
import type { Frame, Place } from './frame.ts'
import type { useView } from './useView.ts'

/** Shorter drags than this are clicks. */
const LEAST_DRAG = 6
/** How much one notch of a wheel, about a hundred pixels, enlarges. */
const NOTCH = 1.25

interface PointerOptions {
  readonly frame: () => Frame | null
  readonly view: ReturnType<typeof useView>
}

/** TensorBoard's gestures: a drag zooms into its box, Shift and drag pans, Alt and wheel zooms. */
export function usePointer({ frame, view }: PointerOptions) {
  /** Where the pointer is, in pixels of the chart; `null` while it is elsewhere. */
  const pointer = shallowRef<Place | null>(null)
  const boxStart = shallowRef<Place | null>(null)
  const isPanning = shallowRef(false)

  /** The box that is being dragged, cut to the plot. */
  const box = computed(() => {
    const now = frame()
    if (!boxStart.value || !pointer.value || !now) return null
    const inside = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
    const [left, right] = [boxStart.value.x, pointer.value.x]
      .map((x) => inside(x, now.left, now.right))
      .toSorted(byValue)
    const [top, bottom] = [boxStart.value.y, pointer.value.y]
      .map((y) => inside(y, now.top, now.bottom))
      .toSorted(byValue)
    const isDrag = right! - left! >= LEAST_DRAG || bottom! - top! >= LEAST_DRAG
    return isDrag ? { left: left!, right: right!, top: top!, bottom: bottom! } : null
  })

  function press(event: PointerEvent): void {
    if (event.button !== 0) return
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
    pointer.value = placeOf(event)
    if (event.shiftKey) isPanning.value = true
    else boxStart.value = pointer.value
  }

  function move(event: PointerEvent): void {
    const to = placeOf(event)
    const from = pointer.value
    pointer.value = to
    if (isPanning.value && from) view.panBy({ x: to.x - from.x, y: to.y - from.y })
  }

  function release(): void {
    if (box.value) view.showBox(box.value, LEAST_DRAG)
    boxStart.value = null
    isPanning.value = false
  }

  function leave(): void {
    boxStart.value = null
    isPanning.value = false
    pointer.value = null
  }

  function wheel(event: WheelEvent): void {
    if (!event.altKey) return
    event.preventDefault()
    // Some systems turn the wheel sideways while Alt or Shift is down; lines and pages are coarser than pixels.
    const turned = (event.deltaY || event.deltaX) * [1, 33, 100][event.deltaMode]!
    view.zoomAround(placeOf(event), NOTCH ** (-turned / 100))
  }

  return { pointer, box, isPanning, press, move, release, leave, wheel }
}

function byValue(a: number, b: number): number {
  return a - b
}

function placeOf({ currentTarget, clientX, clientY }: MouseEvent): Place {
  const { left, top } = (currentTarget as Element).getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}
