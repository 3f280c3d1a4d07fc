import type { RunSummary } from '#shared/contract/runs.ts'
import { formatClock } from '#shared/format/numbers.ts'
import { dayAndTime, percent } from '../format.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { renderTable, type Column } from '../table.ts'

const COLUMNS: readonly Column<RunSummary>[] = [
  { title: 'Run', value: ({ id }) => id },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Network', value: ({ network }) => network },
  { title: 'Status', value: ({ status }) => status },
  { title: 'Epochs', align: 'right', value: ({ epochs, epochsDone }) => `${epochsDone}/${epochs}` },
  { title: 'Test accuracy', align: 'right', value: ({ testAccuracy }) => percent(testAccuracy) },
  { title: 'Time', align: 'right', value: ({ seconds }) => formatClock(seconds) },
  { title: 'Started', value: ({ createdAt }) => dayAndTime(createdAt) },
]

export async function listRuns(session: Session, options: { search?: string }): Promise<void> {
  const runs = await withLabForReading(session, (lab) => lab.request('runs.list', options))
  answer(session, runs, () => {
    if (runs.length > 0) return renderTable(COLUMNS, runs)
    return options.search
      ? `No run matches "${options.search}".\n`
      : 'There are no runs yet. Train one with "signum train lenet-binary".\n'
  })
}
