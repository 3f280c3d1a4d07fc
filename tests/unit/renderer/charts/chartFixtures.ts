import type { ChartLine } from '../../../../renderer/charts/line.ts'
import { Column } from '../../../../renderer/charts/series.ts'

/** A line of a chart. */
export function line(id: string, x: ArrayLike<number>, y: ArrayLike<number>, more: Partial<ChartLine> = {}): ChartLine {
  return { id, label: id, colour: 'run-1', x: new Column(x), y: new Column(y), ...more }
}

export const theme = {
  text: '#000000',
  muted: '#555555',
  grid: '#dddddd',
  ground: '#ffffff',
  font: 'Inter',
  colour: () => '#112233',
}

/** A plot of 100 by 100 pixels whose axes go from 0 to 10. */
export const frame = {
  ...{ left: 50, right: 150, top: 10, bottom: 110, logarithmic: false },
  x: { low: 0, high: 10 },
  y: { low: 0, high: 10 },
  xTicks: [{ value: 5, label: '5' }],
  yTicks: [{ value: 10, label: '10 & more' }],
}
