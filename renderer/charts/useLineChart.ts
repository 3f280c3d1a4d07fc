import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js'
import { onBeforeUnmount, onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import { datasetsOf, extentOfY } from './datasets.ts'
import { extentOfX, type Extent } from './extent.ts'
import type { Axis, ChartLine } from './line.ts'
import { optionsFor } from './options.ts'
import { Redraw } from './redraw.ts'
import { onThemeChange, readTheme, type ChartTheme } from './theme.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale)

export interface LineChartSettings {
  readonly lines: readonly ChartLine[]
  readonly x: Axis
  readonly y: Axis
  readonly logarithmic: boolean
  /** The stretch of x to show; `null` shows all. */
  readonly zoom: Extent | null
}

/** Where the chart's axes stand within its canvas, in CSS pixels. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: Extent
  readonly yToPixel: (value: number) => number
}

/**
 * Keeps a Chart.js chart on `canvas`. It listens to the lines' columns itself, so that a thousand new points cost one
 * drawing in the next frame and no work of Vue's.
 *
 * @param settings read again whenever something in it that Vue can see changes.
 * @returns the axes as last drawn, and the tokens they were drawn with.
 */
export function useLineChart(
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  settings: () => LineChartSettings,
) {
  const frame = shallowRef<Frame | null>(null)
  const theme = shallowRef<ChartTheme | null>(null)
  let chart: Chart<'line'> | null = null
  let redraw: Redraw | null = null
  let stops: (() => void)[] = []

  function draw(): void {
    if (!chart || !theme.value) return
    const { lines, x, y, logarithmic, zoom } = settings()
    const xExtent = zoom ?? widened(extentOfX(lines), x.low)
    const { left, right } = chart.chartArea ?? { left: 0, right: chart.width }
    const window = { from: xExtent.low, to: xExtent.high, columns: Math.max(1, Math.round(right - left)) }
    const yExtent = extentOfY(lines, window, y, logarithmic) ?? { low: y.low ?? 0, high: y.high ?? 1 }
    // Chart.js scales its old points to a new size by itself; the pixel columns must be counted again.
    const onResize = () => redraw?.request()
    chart.options = { ...optionsFor({ x, y, xExtent, yExtent, logarithmic }, theme.value), onResize }
    chart.data.datasets = datasetsOf(lines, window, theme.value, logarithmic)
    chart.update('none')
    frame.value = { ...area(chart), x: xExtent, yToPixel: (value) => chart!.scales['y']!.getPixelForValue(value) }
  }

  function listen(): void {
    stops.forEach((stop) => stop())
    stops = settings().lines.map((line) => line.y.onChange(() => redraw?.request()))
    redraw?.request()
  }

  onMounted(() => {
    const element = canvas.value!
    // Where nothing can be painted there is still the table.
    if (!element.getContext('2d')) return
    theme.value = readTheme(element)
    chart = new Chart(element, { type: 'line', data: { datasets: [] }, options: { animation: false, events: [] } })
    redraw = new Redraw(element, draw)
    listen()
  })
  watch(() => settings().lines, listen)
  watch(
    () => ({ ...settings(), lines: null }),
    () => redraw?.request(),
  )
  const stopTheme = onThemeChange(() => {
    if (!canvas.value) return
    theme.value = readTheme(canvas.value)
    redraw?.request()
  })
  onBeforeUnmount(() => {
    stops.forEach((stop) => stop())
    stopTheme()
    redraw?.dispose()
    chart?.destroy()
    chart = null
  })

  return { frame, theme }
}

/** From the axis's own beginning if it has one; a single point gets room around it. */
function widened(extent: Extent | null, begin?: number): Extent {
  if (!extent) return { low: begin ?? 0, high: (begin ?? 0) + 1 }
  if (begin !== undefined && begin < extent.high) return { low: begin, high: extent.high }
  return extent.low === extent.high ? { low: extent.low - 1, high: extent.high + 1 } : extent
}

function area(chart: Chart<'line'>) {
  const { left, right, top, bottom } = chart.chartArea
  return { left, right, top, bottom }
}
