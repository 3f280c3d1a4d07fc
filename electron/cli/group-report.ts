import { SignumError } from '#shared/contract/errors.ts'
import type { RunDetail } from '#shared/contract/runs.ts'
import { formatClock, formatPercentSpread } from '#shared/format/numbers.ts'
import { spreadOf } from '#shared/statistics.ts'
import { percent } from './format.ts'
import { answer, type Session } from './session.ts'
import { renderTable } from './table.ts'
import { trainingDocument } from './training-report.ts'
import { whyUnfinished } from './unfinished.ts'

/** Runs whose reasons are told; the table has the others. */
const MOST_REASONS = 3

/**
 * What `train --repeats` says when all its runs have ended: every run, then the mean and spread of those that finished.
 * Where some did not, `error` says so in the document, and a sentence does beside the table.
 *
 * @returns the exit code: 0, or 1 where some did not finish.
 * @throws SignumError why the first did not finish, where none did.
 */
export function reportGroup(session: Session, runs: readonly RunDetail[]): number {
  const finished = runs.filter(({ status }) => status === 'finished')
  const unfinished = runs.filter(({ status }) => status !== 'finished')
  if (finished.length === 0) throw whyUnfinished(runs[0]!)
  const error = unfinished.length === 0 ? null : whyIncomplete(runs.length, unfinished)
  const spread = spreadOf(finished.flatMap(({ testAccuracy }) => testAccuracy ?? []))
  const document = {
    groupId: runs[0]!.groupId,
    network: runs[0]!.network,
    runs: runs.map((run) => ({ ...trainingDocument(run), seed: run.seed, status: run.status })),
    testAccuracy: spread && { mean: spread.mean, std: spread.std },
    ...(error && { error: { code: error.code, message: error.message } }),
  }
  answer(session, document, () => {
    const table = renderTable(
      [
        { title: 'Run', value: ({ id }: RunDetail) => id },
        { title: 'Seed', align: 'right', value: ({ seed }) => String(seed) },
        ...(error ? [{ title: 'Status', value: ({ status }: RunDetail) => status }] : []),
        { title: 'Time', align: 'right', value: ({ seconds }) => formatClock(seconds) },
        { title: 'Test accuracy', align: 'right', value: ({ testAccuracy }) => percent(testAccuracy) },
      ],
      runs,
    )
    const result = spread ? formatPercentSpread(spread) : percent(null)
    const of =
      finished.length === 1 ? 'of the run that finished' : `mean and standard deviation of ${finished.length} runs`
    return `${table}Test accuracy ${result}, ${of}.\n`
  })
  if (!error) return 0
  if (!session.json) session.terminal.err(`${error.message}\n`)
  return 1
}

function whyIncomplete(all: number, unfinished: readonly RunDetail[]): SignumError {
  const reasons = unfinished.slice(0, MOST_REASONS).map((run) => `Seed ${run.seed}: ${whyUnfinished(run).message}`)
  const more = unfinished.length - reasons.length
  const rest = more > 0 ? [`So it was with ${more} more.`] : []
  const { code } = whyUnfinished(unfinished[0]!)
  return new SignumError(code, [`${unfinished.length} of ${all} runs did not finish.`, ...reasons, ...rest].join(' '))
}
