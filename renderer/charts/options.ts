import type { ChartOptions } from 'chart.js'
import type { Frame } from './frame.ts'

/**
 * Chart.js draws the lines into `frame` and nothing else. Everything it could do by itself and that would cost a frame is
 * off: parsing, animation, its own events, legend, tooltip, and its axes, which would measure every label several times
 * for each drawing.
 */
export function optionsFor(
  { left, right, top, bottom, x, y, logarithmic }: Frame,
  size: { readonly width: number; readonly height: number },
): ChartOptions<'line'> {
  const unseen = { display: false, ticks: { display: false }, grid: { display: false }, border: { display: false } }
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { left, top, right: size.width - right, bottom: size.height - bottom } },
    scales: {
      x: { ...unseen, type: 'linear', min: x.low, max: x.high },
      y: { ...unseen, type: logarithmic ? 'logarithmic' : 'linear', min: y.low, max: y.high },
    },
    plugins: { legend: { display: false }, tooltip: { enabled: false } },
  }
}
