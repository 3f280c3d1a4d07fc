import type { Progress, RunDetail, RunSummary } from '#shared/contract/runs.ts'
import { formatCount, formatDuration, formatPercent } from '../../format/numbers.ts'
import { formatLoss } from '../runs/axes.ts'

/** A number that a person watches. */
export interface Measure {
  readonly label: string
  /** What there is nothing to say about yet is a dash, so that nothing moves when it comes. */
  readonly value: string
}

const NONE = '–'

/** The numbers of a run, at work or ended. */
export function measuresOf(run: RunSummary, detail: RunDetail | null, progress: Progress | null): Measure[] {
  const stepMs = stepMsFrom(detail, progress) ?? detail?.stepMs ?? null
  const loss = progress?.loss ?? run.trainLoss
  const left = progress?.remainingSeconds
  return [
    { label: 'Epoch', value: `${progress?.epoch ?? run.epochsDone} / ${run.epochs}` },
    { label: 'Train loss', value: loss === null ? NONE : formatLoss(loss) },
    { label: 'Images per second', value: speed(detail, progress, stepMs) },
    { label: 'Time per step', value: stepMs === null ? NONE : `${formatMilliseconds(stepMs)} ms` },
    { label: 'Elapsed', value: formatDuration(progress?.elapsedSeconds ?? run.seconds) },
    {
      label: 'Time left',
      value: typeof left === 'number' ? formatDuration(left) : NONE,
    },
  ]
}

/** Whose accuracy it is where early stopping has chosen the epoch; else the best one, when the last was not the best. */
export function accuracyNote(
  { testAccuracy, bestTestAccuracy }: Pick<RunSummary, 'testAccuracy' | 'bestTestAccuracy'>,
  detail: Pick<RunDetail, 'keptEpoch'> | null,
): string | null {
  if (typeof detail?.keptEpoch === 'number') return `of epoch ${detail.keptEpoch}, whose weights are kept`
  if (bestTestAccuracy === null || testAccuracy === null || bestTestAccuracy <= testAccuracy) return null
  return `best ${formatPercent(bestTestAccuracy)}`
}

/** What a run is doing right now, in a few words. */
export function phaseOf(run: RunSummary, progress: Progress | null): string | null {
  if (run.status === 'starting') return 'building the network and reading the images'
  if (run.status !== 'running' || !progress) return null
  const phases = { training: 'training', testing: 'testing', saving: 'saving a checkpoint' }
  return phases[progress.phase]
}

function speed(detail: RunDetail | null, progress: Progress | null, stepMs: number | null): string {
  const live = progress?.imagesPerSecond ?? null
  if (live !== null) return formatCount(Math.round(live))
  if (stepMs === null || !detail) return NONE
  return formatCount(Math.round((detail.settings.batchSize * 1000) / stepMs))
}

/** While it runs, from its speed now; the median of all steps, which the engine tells, is for later. */
function stepMsFrom(detail: RunDetail | null, progress: Progress | null): number | null {
  if (!detail || !progress?.imagesPerSecond) return null
  return (detail.settings.batchSize * 1000) / progress.imagesPerSecond
}

function formatMilliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
