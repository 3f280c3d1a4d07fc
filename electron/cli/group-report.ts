import type { RunDetail } from '#shared/contract/runs.ts'
import { formatClock, formatPercentSpread } from '#shared/format/numbers.ts'
import { spreadOf } from '#shared/statistics.ts'
import { percent } from './format.ts'
import { answer, type Session } from './session.ts'
import { renderTable } from './table.ts'
import { trainingDocument } from './training-report.ts'

/** What `train --repeats` says when all its runs have finished: every run, then their mean and spread. */
export function reportGroup(session: Session, runs: readonly RunDetail[]): void {
  const [first] = runs
  const spread = spreadOf(runs.flatMap(({ testAccuracy }) => testAccuracy ?? []))
  const document = {
    groupId: first?.groupId ?? null,
    network: first?.network ?? null,
    runs: runs.map((run) => ({ ...trainingDocument(run), seed: run.seed })),
    testAccuracy: spread && { mean: spread.mean, std: spread.std },
  }
  answer(session, document, () => {
    const table = renderTable(
      [
        { title: 'Run', value: ({ id }: RunDetail) => id },
        { title: 'Seed', align: 'right', value: ({ seed }) => String(seed) },
        { title: 'Time', align: 'right', value: ({ seconds }) => formatClock(seconds) },
        { title: 'Test accuracy', align: 'right', value: ({ testAccuracy }) => percent(testAccuracy) },
      ],
      runs,
    )
    const mean = spread ? formatPercentSpread(spread) : '–'
    return `${table}Test accuracy ${mean}, mean and standard deviation of ${runs.length} runs.\n`
  })
}
