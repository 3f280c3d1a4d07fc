import type { Chart, ChartOptions, Scale } from 'chart.js'
import type { Extent } from './extent.ts'
import type { Frame, Tick } from './frame.ts'
import type { Axis } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface ScaleSettings {
  readonly x: Axis
  readonly y: Axis
  readonly xExtent: Extent
  readonly yExtent: Extent
  readonly logarithmic: boolean
  /** Labels of marks stand above the plot. */
  readonly hasMarks: boolean
}

/** Room for the numbers of a vertical axis: the same in all charts, so that what stands in a column has the same x. */
export const AXIS_WIDTH = 54
/** Half of the longest number of a horizontal axis. */
export const RIGHT_MARGIN = 26

/**
 * Everything that Chart.js could do by itself and that would cost a frame is off: parsing, animation, its own events,
 * legend and tooltip.
 */
export function optionsFor(settings: ScaleSettings, theme: ChartTheme): ChartOptions<'line'> {
  const { x, y, xExtent, yExtent, logarithmic } = settings
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: settings.hasMarks ? 20 : 6, right: RIGHT_MARGIN } },
    scales: {
      x: {
        type: 'linear',
        min: xExtent.low,
        max: xExtent.high,
        ...looks(x, theme, 8),
        // The plot keeps its place whatever number stands at its end.
        afterFit: (scale: Scale) => void Object.assign(scale, { paddingLeft: 0, paddingRight: 0 }),
      },
      y: {
        type: logarithmic ? 'logarithmic' : 'linear',
        min: yExtent.low,
        max: yExtent.high,
        ...looks(y, theme, 6),
        afterFit: (scale: Scale) => void (scale.width = AXIS_WIDTH),
      },
    },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
  }
}

function looks(axis: Axis, theme: ChartTheme, most: number) {
  const write = axis.formatTick ?? axis.format
  return {
    border: { display: false },
    grid: { color: theme.grid, drawTicks: false, lineWidth: 1 },
    title: { display: false },
    ticks: {
      color: theme.muted,
      font: { family: theme.font, size: 11 },
      padding: 6,
      maxTicksLimit: most,
      maxRotation: 0,
      includeBounds: false,
      ...(axis.isWhole ? { precision: 0 } : {}),
      callback: (value: number | string) => write(Number(value)),
    },
    ...(axis.ticks && {
      afterBuildTicks: (scale: Scale) => {
        scale.ticks = axis.ticks!({ low: scale.min, high: scale.max }, most).map((value) => ({ value }))
      },
    }),
  }
}

/** Where the axes of a drawn chart stand. */
export function frameOf(chart: Chart, { xExtent, yExtent, logarithmic }: ScaleSettings): Frame {
  const { left, right, top, bottom } = chart.chartArea
  return {
    ...{ left, right, top, bottom, x: xExtent, y: yExtent, logarithmic },
    xTicks: ticksOf(chart.scales['x']!),
    yTicks: ticksOf(chart.scales['y']!),
  }
}

function ticksOf(scale: Scale): Tick[] {
  return scale.ticks.map(({ value, label }) => ({ value, label: typeof label === 'string' ? label : '' }))
}
