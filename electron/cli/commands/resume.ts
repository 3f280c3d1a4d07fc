import { followRun } from '../follow-run.ts'
import { withLab, type Session } from '../session.ts'
import { prepareFor } from '../prepare.ts'
import { reportTraining } from '../training-report.ts'

export async function resume(session: Session, run: string): Promise<void> {
  await withLab(session, async (lab) => {
    await prepareFor(lab, run)
    reportTraining(session, await followRun(session, lab, () => lab.request('runs.resume', { id: run })))
  })
}
