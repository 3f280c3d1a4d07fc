import { SignumError } from '#shared/contract/errors.ts'
import type { RunSummary } from '#shared/contract/runs.ts'

/** Why a run that has ended did not finish, and how to go on with it. */
export function whyUnfinished(run: RunSummary): SignumError {
  if (run.status === 'stopped') {
    const where = `Run ${run.id} was stopped after ${run.epochsDone} of ${run.epochs} epochs.`
    return new SignumError('cancelled', `${where} ${resumeHint(run.id)}`)
  }
  const hint = run.status === 'interrupted' ? ` ${resumeHint(run.id)}` : ''
  return new SignumError(
    run.errorCode ?? 'internal',
    `${run.message ?? `Run ${run.id} ended as ${run.status}.`}${hint}`,
  )
}

function resumeHint(runId: string): string {
  return `Go on with "signum resume ${runId}".`
}
