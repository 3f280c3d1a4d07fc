import { SignumError } from '#shared/contract/errors.ts'
import type { Host } from '#electron/host/host.ts'
import { hasEnded, type Epoch, type RunDetail, type RunSummary } from '#shared/contract/runs.ts'
import { formatClock } from '#shared/format/numbers.ts'
import { loss, percent } from './format.ts'
import { untilInterrupted } from './interrupts.ts'
import { ProgressLine } from './progress-line.ts'
import type { Session } from './session.ts'

/**
 * Starts a training and shows it until it ends. Ctrl+C stops it with a checkpoint; a second one does not wait for that.
 *
 * @param begin asks the lab to start or resume the run.
 * @returns the finished run.
 * @throws SignumError why it did not finish, and how to go on.
 */
export async function followRun(session: Session, lab: Host, begin: () => Promise<RunSummary>): Promise<RunDetail> {
  const { terminal } = session
  const line = new ProgressLine(terminal)
  const say = (text: string) => {
    line.clear()
    terminal.err(`${text}\n`)
  }
  const ended = Promise.withResolvers<RunSummary>()
  let runId: string | null = null
  let interrupted = false
  let remark: string | null = null
  const stopRun = () => {
    // Until the lab has answered there is no run to stop.
    if (runId !== null) lab.request('runs.stop', { id: runId }).catch(ended.reject)
  }
  const stops = [
    lab.subscribe('run.progress', ({ progress }) => line.show(progress)),
    lab.subscribe('run.epoch', ({ epoch }) => say(epochText(epoch))),
    // The lab is open for this one run.
    lab.subscribe('run.changed', ({ run }) => {
      if (hasEnded(run.status)) ended.resolve(run)
      else if (run.message && run.message !== remark) say(run.message)
      remark = run.message
    }),
    untilInterrupted(
      () => {
        say('Stopping with a checkpoint. Press Ctrl+C again to stop at once.')
        interrupted = true
        stopRun()
      },
      () => void lab.close(0),
    ),
  ]
  try {
    const started = await begin()
    runId = started.id
    say(`Run ${runId}: training ${started.network} on ${started.dataset}.`)
    if (interrupted) stopRun()
    const run = await ended.promise
    line.clear()
    if (run.status !== 'finished') throw unfinished(run)
    return await lab.request('runs.get', { id: runId })
  } finally {
    line.clear()
    for (const stop of stops) stop()
  }
}

function epochText({ epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, seconds }: Epoch): string {
  return [
    `Epoch ${epoch}`,
    `train loss ${loss(trainLoss)}, accuracy ${percent(trainAccuracy)}`,
    `test loss ${loss(testLoss)}, accuracy ${percent(testAccuracy)}`,
    formatClock(seconds),
  ].join('  ')
}

function unfinished(run: RunSummary): SignumError {
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
