import { followRuns } from '../follow-runs.ts'
import { withLab, type Session } from '../session.ts'
import { prepareFor } from '../prepare.ts'
import { reportTraining } from '../training-report.ts'

export async function resume(session: Session, run: string): Promise<void> {
  await withLab(session, async (lab) => {
    await prepareFor(lab, run)
    const [resumed] = await followRuns(session, lab, () => lab.request('runs.resume', { id: run }), 'alone')
    reportTraining(session, resumed!)
  })
}
