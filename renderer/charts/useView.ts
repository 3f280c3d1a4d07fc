import { computed, shallowRef, watch, type Ref } from 'vue'
import { extentOfX, type Extent } from './extent.ts'
import { between, panned, within, zoomed, type Frame, type Place, type View } from './frame.ts'
import type { Axis, ChartLine } from './line.ts'

interface ViewOptions {
  readonly frame: () => Frame | null
  readonly lines: () => readonly ChartLine[]
  readonly axis: () => Axis
  /** The stretch of x in view; charts that share it move together. */
  readonly zoom: Ref<Extent | null>
}

/** Narrower than this share of everything, a view shows the rounding of its numbers. */
const LEAST_SHARE = 1e-6

/** What part of the plane a chart shows, and the ways to change it. The vertical part is the chart's own. */
export function useView({ frame, lines, axis, zoom }: ViewOptions) {
  const y = shallowRef<Extent | null>(null)
  const view = computed<View>(() => ({ x: zoom.value, y: y.value }))
  const isZoomed = computed(() => zoom.value !== null || y.value !== null)
  // Fit in one of several charts fits them all.
  watch(zoom, (next) => {
    if (next === null) y.value = null
  })

  /** Several moves may come before the next drawing: the axes as they will be then. */
  function current(): Frame | null {
    const drawn = frame()
    return drawn && { ...drawn, x: zoom.value ?? drawn.x, y: y.value ?? drawn.y }
  }

  function showX(next: Extent): void {
    const all = extentOfX(lines())
    if (!all) return
    const { low, isWhole } = axis()
    const whole = { low: Math.min(all.low, low ?? all.low), high: all.high }
    zoom.value = within(next, whole, isWhole ? 2 : (whole.high - whole.low) * LEAST_SHARE)
  }

  function showY(next: Extent): void {
    if (next.high > next.low && Number.isFinite(next.high - next.low)) y.value = next
  }

  /** Enlarges `factor` times around a place of the chart; below 1, the other way. */
  function zoomAround(at: Place, factor: number): void {
    const now = current()
    if (!now) return
    const next = zoomed(now, at, factor)
    showX(next.x)
    // Back at everything, the vertical axis follows the lines again.
    if (factor < 1 && zoom.value === null) y.value = null
    else showY(next.y)
  }

  function panBy(pixels: Place): void {
    const now = current()
    if (!now) return
    const next = panned(now, pixels)
    if (zoom.value) showX(next.x)
    if (pixels.y !== 0) showY(next.y)
  }

  /** Shows what lies in a box of pixels; without a height or width worth the name, that axis stays as it is. */
  function showBox(box: { left: number; right: number; top: number; bottom: number }, least: number): void {
    const now = current()
    if (!now) return
    const next = between(now, box)
    if (box.right - box.left >= least) showX(next.x)
    if (box.bottom - box.top >= least) showY(next.y)
  }

  function fitY(): void {
    y.value = null
  }

  function fit(): void {
    zoom.value = null
    fitY()
  }

  return { view, isZoomed, zoomAround, panBy, showBox, fit, fitY }
}
