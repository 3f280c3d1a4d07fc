import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js'
import { onBeforeUnmount, onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import { layOutAxes, plotWidth } from './axes.ts'
import { datasetsOf } from './datasets.ts'
import { drawLines, type Drawing } from './drawing.ts'
import { extentOfX, extentOfY, type Extent } from './extent.ts'
import type { Frame, View } from './frame.ts'
import type { Axis, ChartLine, ChartMark } from './line.ts'
import { optionsFor } from './options.ts'
import { Redraw } from './redraw.ts'
import { behindLines, type Surroundings } from './surroundings.ts'
import { onThemeChange, readTheme, type ChartTheme } from './theme.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale)

export interface LineChartSettings {
  readonly lines: readonly ChartLine[]
  readonly marks: readonly ChartMark[]
  readonly x: Axis
  readonly y: Axis
  readonly logarithmic: boolean
  readonly ignoresOutliers: boolean
  /** The vertical axis follows the lines also where it would be fixed. */
  readonly fitsY: boolean
  readonly view: View
}

/** A chart as it was last drawn. */
export interface Drawn {
  readonly drawing: Drawing
  readonly frame: Frame
  readonly theme: ChartTheme
  readonly width: number
  readonly height: number
}

/**
 * Keeps a Chart.js chart on `canvas`. It listens to the lines' columns itself, so that a thousand new points cost one
 * drawing in the next frame and no work of Vue's.
 *
 * @param settings read again whenever something in it that Vue can see changes.
 * @returns what was last drawn; `null` before the first drawing.
 */
export function useLineChart(
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  settings: () => LineChartSettings,
) {
  const drawn = shallowRef<Drawn | null>(null)
  let theme: ChartTheme | null = null
  let chart: Chart<'line'> | null = null
  let redraw: Redraw | null = null
  let stops: (() => void)[] = []
  let surroundings: Surroundings | null = null

  /** With its first drawing, in sight and in its turn: making one takes as long as several drawings. */
  function open(element: HTMLCanvasElement): Chart<'line'> {
    return new Chart(element, {
      type: 'line',
      data: { datasets: [] },
      options: { animation: false, events: [] },
      plugins: [behindLines(() => surroundings)],
    })
  }

  function draw(): void {
    if (!canvas.value) return
    chart ??= open(canvas.value)
    theme ??= readTheme(canvas.value)
    const now = settings()
    const { lines, marks, x, logarithmic } = now
    const xExtent = now.view.x ?? widened(extentOfX(lines), x.low)
    const { width, height } = chart
    const drawing = drawLines(lines, xExtent, plotWidth(width), logarithmic)
    const yExtent = yExtentOf(drawing, now)
    const frame = layOutAxes({ width, height }, { ...now, xExtent, yExtent, hasMarks: marks.length > 0 })
    surroundings = { drawing, marks, frame, theme }
    // Chart.js scales its old points to a new size by itself; the pixel columns must be counted again.
    chart.options = { ...optionsFor(frame, { width, height }), onResize: () => redraw?.request() }
    chart.data.datasets = datasetsOf(drawing.lines, xExtent, theme)
    chart.update('none')
    chart.canvas.dataset['points'] = String(drawing.points)
    drawn.value = { drawing, frame, theme, width, height }
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
    redraw = new Redraw(element, draw)
    listen()
  })
  watch(() => settings().lines, listen)
  watch(
    () => ({ ...settings(), lines: null }),
    () => redraw?.request(),
  )
  const stopTheme = onThemeChange(() => {
    theme = null
    redraw?.request()
  })
  onBeforeUnmount(() => {
    stops.forEach((stop) => stop())
    stopTheme()
    redraw?.dispose()
    chart?.destroy()
    chart = null
  })

  return drawn
}

function yExtentOf(drawing: Drawing, { y, view, fitsY, logarithmic, ignoresOutliers }: LineChartSettings): Extent {
  const whole = { low: y.low ?? 0, high: y.high ?? 1 }
  if (view.y) return view.y
  if (y.isFixed && !fitsY && !logarithmic) return whole
  const fitted = extentOfY(drawing.lines, y, { logarithmic, ignoresOutliers })
  return fitted ?? (logarithmic ? { low: 0.1, high: 1 } : whole)
}

/** From the axis's own beginning if it has one; a single point gets room around it. */
function widened(extent: Extent | null, begin?: number): Extent {
  if (!extent) return { low: begin ?? 0, high: (begin ?? 0) + 1 }
  if (begin !== undefined && begin < extent.high) return { low: begin, high: extent.high }
  return extent.low === extent.high ? { low: extent.low - 1, high: extent.high + 1 } : extent
}
