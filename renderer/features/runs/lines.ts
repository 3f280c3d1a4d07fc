import { DATASETS } from '#shared/model/datasets.ts'
import { divideImages } from '#shared/model/division.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { toAxis, type ChartLine, type ChartMark, type Dash } from '../../charts/line.ts'
import type { EpochMeasure, RunHistory } from '../../stores/runHistory.ts'
import type { Horizontal } from './axes.ts'
import { placeOnClock } from './clock.ts'

/** What is measured by the epoch, beside its training. */
export type EvaluatedMeasure = Exclude<EpochMeasure, 'trainLoss' | 'trainAccuracy'>

/** What the charts read of a run, or of several as one. */
export type CurveSource = Pick<
  RunHistory,
  'detail' | 'step' | 'seconds' | 'loss' | 'accuracy' | 'epoch' | 'epochEnd'
> & {
  readonly measures: Pick<RunHistory['measures'], EvaluatedMeasure>
  /** What lies around the lines, where they are a mean. */
  readonly bands?: Readonly<Record<'loss' | 'accuracy' | EvaluatedMeasure, NonNullable<ChartLine['band']>>>
}

/** A run as the charts of several runs show it. */
export interface ShownRun {
  readonly id: string
  readonly name: string
  /** Name of a colour token. */
  readonly colour: string
  readonly binary: boolean
  readonly history: CurveSource
}

export type CurveMeasure = 'Loss' | 'Accuracy'

/**
 * One measure of every run: training by the step, solid and smoothed; by the epoch, in the same hue on the same
 * horizontal axis, validation dashed and testing dotted, or dashed where none of the runs has a validation. A run of
 * which nothing is known yet has no lines.
 */
export function curvesOf(
  runs: readonly ShownRun[],
  measure: CurveMeasure,
  over: Horizontal,
  smoothing: number,
): ChartLine[] {
  const testDash = runs.some(({ history }) => isValidated(history)) ? 'dotted' : 'dashed'
  return runs.flatMap((run) => [
    ...trainLine(run, measure, over, smoothing),
    ...validationLine(run, measure, over),
    ...testLine(run, measure, over, testDash),
  ])
}

function trainLine(run: ShownRun, measure: CurveMeasure, over: Horizontal, smoothing: number): ChartLine[] {
  const { id, name, colour, history } = run
  const place = trainPlace(history, over)
  if (!place) return []
  const key = measure === 'Loss' ? 'loss' : 'accuracy'
  const y = history[key]
  return [{ id: `${id}-train`, label: `${name}, train`, colour, smoothing, ...place, y, ...bandOf(history, key) }]
}

function validationLine(run: ShownRun, measure: CurveMeasure, over: Horizontal): ChartLine[] {
  const { id, name, colour, history } = run
  const place = testPlace(history, over)
  if (!place || !isValidated(history)) return []
  const key = `validation${measure}` as const
  const look = { colour, dash: 'dashed', mark: 'point', ...bandOf(history, key) } as const
  return [{ id: `${id}-validation`, label: `${name}, validation`, ...look, ...place, y: history.measures[key] }]
}

/** Whether some of the training images were held out. */
export function isValidated({ detail }: CurveSource): boolean {
  return (detail.value?.settings.validation ?? 0) > 0
}

function testLine(run: ShownRun, measure: CurveMeasure, over: Horizontal, dash: Dash): ChartLine[] {
  const { id, name, colour, binary, history } = run
  const place = testPlace(history, over)
  if (!place) return []
  const key = `test${measure}` as const
  const y = history.measures[key]
  const mark = binary ? 'hollow' : 'filled'
  return [{ id: `${id}-test`, label: `${name}, test`, colour, dash, mark, ...place, y, ...bandOf(history, key) }]
}

function bandOf({ bands }: CurveSource, key: keyof NonNullable<CurveSource['bands']>): Pick<ChartLine, 'band'> {
  return bands ? { band: bands[key] } : {}
}

/**
 * What was changed while the runs were trained, and the end of the epoch whose weights a run has where early stopping
 * has chosen it; of several runs, each mark says whose it is.
 */
export function marksOf(runs: readonly ShownRun[], over: Horizontal): ChartMark[] {
  return runs.flatMap(({ name, history }) => {
    // A mean was changed by nobody; its runs have their own marks.
    if (history.bands) return []
    const marks = [...rateMarks(history, over), ...keptMarks(history, over)]
    return runs.length > 1 ? marks.map(({ x, label }) => ({ x, label: `${name}: ${label}` })) : marks
  })
}

function rateMarks(history: CurveSource, over: Horizontal): ChartMark[] {
  const place = trainPlace(history, over)
  if (!place) return []
  return (history.detail.value?.marks ?? []).flatMap(({ step, learningRate }) => {
    // Before the first step there is none to stand at.
    const x = step === 0 ? 0 : place.x.at(step - 1)
    return x === undefined ? [] : [{ x: toAxis(place, x), label: `learning rate ${learningRate}` }]
  })
}

function keptMarks(history: CurveSource, over: Horizontal): ChartMark[] {
  const kept = history.detail.value?.keptEpoch ?? null
  const place = testPlace(history, over)
  const x = kept === null ? undefined : place?.x.at(kept - 1)
  return !place || x === undefined ? [] : [{ x: toAxis(place, x), label: `epoch ${kept} kept` }]
}

type Place = Pick<ChartLine, 'x' | 'placing'>

function trainPlace(history: CurveSource, over: Horizontal): Place | null {
  const { step, seconds } = history
  if (over === 'step') return { x: step }
  if (over === 'relative') return { x: seconds }
  if (over === 'wall') return onClock(history, seconds)
  const steps = stepsPerEpoch(history)
  return steps === null ? null : { x: step, placing: { offset: 0, factor: 1 / steps } }
}

function testPlace(history: CurveSource, over: Horizontal): Place | null {
  const { epoch, epochEnd } = history
  if (over === 'epoch') return { x: epoch }
  if (over === 'relative') return { x: epochEnd }
  if (over === 'wall') return onClock(history, epochEnd)
  const steps = stepsPerEpoch(history)
  return steps === null ? null : { x: epoch, placing: { offset: 0, factor: steps } }
}

function onClock({ detail }: CurveSource, x: ChartLine['x']): Place | null {
  return detail.value && { x, placing: placeOnClock(detail.value) }
}

function stepsPerEpoch({ detail }: CurveSource): number | null {
  return detail.value && stepsPerEpochOf(detail.value.settings)
}

/** Batches of one epoch, the last of which may be smaller; `null` for a dataset that the lab has no facts of. */
export function stepsPerEpochOf(settings: TrainingSettings): number | null {
  const dataset = DATASETS.find(({ name }) => name === settings.dataset)
  return dataset ? divideImages(settings, dataset.trainImages).stepsPerEpoch : null
}
