import type { RunDetail } from '#shared/contract/runs.ts'
import { formatDuration, formatPercent } from '../../format/numbers.ts'
import { provenanceFacts, settingsFacts, sizeFacts, type Fact } from '../runs/facts.ts'

/** One fact of several runs side by side. */
export interface ComparedFact {
  readonly label: string
  readonly values: readonly string[]
  readonly differs: boolean
}

/** What there is to compare of several runs, in one order. */
export function compareRuns(runs: readonly RunDetail[]): ComparedFact[] {
  const columns = runs.map((run) => [
    ...resultFacts(run),
    ...sizeFacts(run),
    ...settingsFacts(run),
    // Every run has an id of its own: that is no difference.
    ...provenanceFacts(run).filter(({ label }) => label !== 'Run'),
  ])
  return (columns[0] ?? []).map(({ label }, row) => {
    const values = columns.map((facts) => facts[row]!.value)
    return { label, values, differs: new Set(values).size > 1 }
  })
}

function resultFacts(run: RunDetail): Fact[] {
  const percent = (share: number | null) => (share === null ? '–' : formatPercent(share))
  return [
    { label: 'Test accuracy', value: percent(run.testAccuracy) },
    { label: 'Best test accuracy', value: percent(run.bestTestAccuracy) },
    { label: 'Epochs done', value: String(run.epochsDone) },
    { label: 'Training time', value: formatDuration(run.seconds) },
  ]
}
