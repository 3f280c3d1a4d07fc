import type { Host } from '#electron/host/host.ts'
import { hasEnded, type Epoch, type RunDetail, type RunSummary } from '#shared/contract/runs.ts'
import { formatClock } from '#shared/format/numbers.ts'
import { loss, percent } from './format.ts'
import { untilInterrupted } from './interrupts.ts'
import { ProgressLine } from './progress-line.ts'
import type { Session } from './session.ts'

/**
 * Starts a training and shows it until it ends; of a group, one run after the other. Ctrl+C stops it with a checkpoint
 * and begins no other; a second one does not wait for that.
 *
 * @param begin asks the lab to start or resume; answers the run, or the first of its group.
 * @param extent `alone`: the others of the run's group are left as they are.
 * @returns the runs in the order in which they were trained; all have ended, though not all need have finished.
 * @throws SignumError what `begin` throws.
 */
export async function followRuns(
  session: Session,
  lab: Host,
  begin: () => Promise<RunSummary>,
  extent: 'group' | 'alone' = 'group',
): Promise<RunDetail[]> {
  const { terminal } = session
  const line = new ProgressLine(terminal)
  const say = (text: string) => {
    line.clear()
    terminal.err(`${text}\n`)
  }
  const allEnded = Promise.withResolvers<null>()
  const latest = new Map<string, RunSummary>()
  const begun = new Set<string>()
  /** Until the lab has answered, nobody knows whom to wait for. */
  let followed: readonly string[] | null = null
  let interrupted = false
  /** Such as "Seed 3: ", where there are several runs. */
  const before = (id: string) => (followed && followed.length > 1 ? `Seed ${latest.get(id)?.seed}: ` : '')

  function take(run: RunSummary): void {
    const earlier = latest.get(run.id)
    latest.set(run.id, run)
    if (!followed?.includes(run.id)) return
    if (run.status !== 'queued' && !begun.has(run.id)) {
      begun.add(run.id)
      const place = followed.length > 1 ? `${followed.indexOf(run.id) + 1} of ${followed.length}, ` : ''
      say(`Run ${run.id}: ${place}training ${run.network} on ${run.dataset}${place && `, seed ${run.seed}`}.`)
    }
    if (!hasEnded(run.status) && run.message && run.message !== earlier?.message) say(before(run.id) + run.message)
    const known = followed.map((id) => latest.get(id))
    if (known.every((member) => member && hasEnded(member.status))) allEnded.resolve(null)
  }

  /** The last first, so that none of those that wait begins when the one before it ends. */
  async function stopAll(): Promise<void> {
    for (const id of followed?.toReversed() ?? []) {
      if (!hasEnded(latest.get(id)!.status)) await lab.request('runs.stop', { id })
    }
  }

  const stops = [
    lab.subscribe('run.progress', ({ runId, progress }) => line.show(progress, before(runId))),
    lab.subscribe('run.epoch', ({ runId, epoch }) => say(before(runId) + epochText(epoch))),
    lab.subscribe('run.changed', ({ run }) => take(run)),
    lab.subscribe('lab.notice', ({ message }) => say(message)),
    untilInterrupted(
      () => {
        say('Stopping with a checkpoint. Press Ctrl+C again to stop at once.')
        interrupted = true
        stopAll().catch(allEnded.reject)
      },
      () => void lab.close(0),
    ),
  ]
  try {
    const first = await begin()
    const members = extent === 'group' && first.groupId ? await lab.request('runs.list', {}) : [first]
    const group = members.filter(({ id, groupId }) => id === first.id || (groupId && groupId === first.groupId))
    followed = group.map(({ id }) => id).toReversed()
    // What was told while the lab answered is newer than the answer.
    for (const run of group.toReversed()) take(latest.get(run.id) ?? run)
    if (interrupted) await stopAll()
    await allEnded.promise
    line.clear()
    // An end that could not be recorded was only told.
    return await Promise.all(
      followed.map(async (id) => ({ ...(await lab.request('runs.get', { id })), ...latest.get(id) })),
    )
  } finally {
    line.clear()
    for (const stop of stops) stop()
  }
}

function epochText(record: Epoch): string {
  const { epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, seconds } = record
  const { validationLoss, validationAccuracy } = record
  const scores = (what: string, value: number, accuracy: number) =>
    `${what} loss ${loss(value)}, accuracy ${percent(accuracy)}`
  return [
    `Epoch ${epoch}`,
    scores('train', trainLoss, trainAccuracy),
    ...(validationLoss === undefined ? [] : [scores('validation', validationLoss, validationAccuracy!)]),
    scores('test', testLoss, testAccuracy),
    formatClock(seconds),
  ].join('  ')
}
