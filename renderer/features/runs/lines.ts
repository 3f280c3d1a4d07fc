import type { ChartLine } from '../../charts/line.ts'
import type { RunHistory } from '../../stores/runHistory.ts'

/** A run as the charts of several runs show it. */
export interface ShownRun {
  readonly id: string
  readonly name: string
  /** Name of a colour token. */
  readonly colour: string
  readonly binary: boolean
  readonly history: RunHistory
}

/** The loss of every step, over steps or over training time. */
export function stepLines(runs: readonly ShownRun[], over: 'step' | 'time', smoothing: number): ChartLine[] {
  return runs.map(({ id, name, colour, history }) => ({
    id,
    label: name,
    colour,
    smoothing,
    x: over === 'step' ? history.step : history.seconds,
    y: history.loss,
  }))
}

/** One measure of every epoch: training solid, test dashed. */
export function epochLines(runs: readonly ShownRun[], measure: 'Loss' | 'Accuracy'): ChartLine[] {
  return runs.flatMap(({ id, name, colour, binary, history }) =>
    (['train', 'test'] as const).map((part) => ({
      id: `${id}-${part}`,
      label: `${name}, ${part}`,
      colour,
      dashed: part === 'test',
      mark: binary ? ('hollow' as const) : ('filled' as const),
      x: history.epoch,
      y: history.measures[`${part}${measure}`],
    })),
  )
}
