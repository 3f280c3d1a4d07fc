import type { ChartOptions } from 'chart.js'
import type { Extent } from './extent.ts'
import type { Axis } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface ScaleSettings {
  readonly x: Axis
  readonly y: Axis
  readonly xExtent: Extent
  readonly yExtent: Extent
  readonly logarithmic: boolean
}

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
    layout: { padding: { top: 4, right: 10 } },
    scales: {
      x: {
        type: 'linear',
        min: xExtent.low,
        max: xExtent.high,
        ...looks(x, theme, 8),
      },
      y: {
        type: logarithmic ? 'logarithmic' : 'linear',
        min: yExtent.low,
        max: yExtent.high,
        ...looks(y, theme, 6),
      },
    },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
  }
}

function looks(axis: Axis, theme: ChartTheme, ticks: number) {
  return {
    border: { display: false },
    grid: { color: theme.grid, drawTicks: false, lineWidth: 1 },
    title: { display: false },
    ticks: {
      color: theme.muted,
      font: { family: theme.font, size: 11 },
      padding: 6,
      maxTicksLimit: ticks,
      maxRotation: 0,
      includeBounds: false,
      ...(axis.isWhole ? { precision: 0 } : {}),
      callback: (value: number | string) => (axis.formatTick ?? axis.format)(Number(value)),
    },
  }
}
