import type { RunDetail } from '#shared/contract/runs.ts'
import { formatClock, formatCount } from '#shared/format/numbers.ts'
import { percent } from './format.ts'
import { answer, type Session } from './session.ts'
import { whyUnfinished } from './unfinished.ts'

/** A finished run as the documented JSON. */
export function trainingDocument(run: RunDetail) {
  return {
    runId: run.id,
    network: run.network,
    backend: run.backend,
    parameters: run.parameters,
    binaryParameters: run.binaryParameters,
    packedBytes: run.packedBytes,
    stepMs: run.stepMs,
    epochs: run.epochRecords,
    testAccuracy: run.testAccuracy,
    remark: run.message,
  }
}

/**
 * What `train` and `resume` say when the run has ended: the documented JSON, or three lines.
 *
 * @throws SignumError why it did not finish.
 */
export function reportTraining(session: Session, run: RunDetail): void {
  if (run.status !== 'finished') throw whyUnfinished(run)
  answer(session, trainingDocument(run), () => {
    const step = run.stepMs === null ? '' : `, ${run.stepMs.toFixed(1)} ms a step`
    return [
      `Finished in ${formatClock(run.seconds)} with ${run.provenance.backendVersion ?? run.backend}${step}.`,
      `Test accuracy ${percent(run.testAccuracy)} with ${formatCount(run.parameters)} parameters, ${formatCount(run.packedBytes)} bytes packed.`,
      ...(run.message ? [run.message] : []),
      `Run ${run.id}: "signum show ${run.id}" shows it, "signum predict ${run.id} digit.png" asks it.`,
      '',
    ].join('\n')
  })
}
