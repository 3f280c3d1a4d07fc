import { SignumError } from '#shared/contract/errors.ts'
import type { ValidRequestOf } from '#shared/contract/methods.ts'
import { hasEnded, isActive, isResumable, type RunSummary } from '#shared/contract/runs.ts'
import { checkTraining } from '#shared/model/training-check.ts'
import type { HandlersOf, HostContext } from '../context.ts'
import { resolveRun } from '../ids.ts'
import { createRuns } from '../runs/create.ts'
import { askTrained } from '../runs/trained-network.ts'

export function runHandlers(context: HostContext): HandlersOf<'runs'> {
  const { store, changes, supervisor, queue, inference } = context
  const resolve = (id: string) => resolveRun(store.runs, id)
  const start = (requests: readonly ValidRequestOf<'runs.start'>[]): RunSummary[] => {
    const checked = requests.map((request) => ({ request, analysis: checkTraining(request.spec, request.settings) }))
    const groups = store.transaction(() =>
      checked.map(({ request, analysis }) => createRuns(context, request, analysis.totals)),
    )
    queue.submit(inTurn(groups))
    return groups.map(([first]) => store.runs.summary(first!)!)
  }
  return {
    'runs.start': (request) => start([request])[0]!,

    'runs.startTogether': ({ runs }) => start(runs),

    'runs.queue': () => queue.order,

    'runs.pause': ({ id }) => {
      supervisor.pause(resolve(id))
      return {}
    },

    'runs.step': ({ id, unit }) => {
      supervisor.step(resolve(id), unit)
      return {}
    },

    'runs.setLearningRate': ({ id, learningRate }) => {
      supervisor.setLearningRate(resolve(id), learningRate)
      return {}
    },

    'runs.checkpoint': ({ id }) => {
      supervisor.save(resolve(id))
      return {}
    },

    'runs.resume': async ({ id: given }) => {
      const id = resolve(given)
      await supervisor.goneIfOver(id)
      const run = store.runs.summary(id)!
      if (run.status === 'paused' && supervisor.isActive(id)) {
        supervisor.resume(id)
        return run
      }
      if (queue.isWaiting(id)) {
        queue.beginNow(id)
        return store.runs.summary(id)!
      }
      // One that has not ended, without an engine or a turn, is what is left when the database could not be written.
      const isLeftOver = !hasEnded(run.status) && !supervisor.isActive(id)
      if (!isResumable(run.status) && !isLeftOver) throw notResumable(run)
      const { spec, settings } = store.runs.record(id)!
      checkTraining(spec, settings)
      queue.submit([id])
      return store.runs.summary(id)!
    },

    'runs.stop': ({ id: given }) => {
      const id = resolve(given)
      if (queue.isWaiting(id)) queue.withdraw(id)
      else supervisor.stop(id)
      return {}
    },

    'runs.list': (filter) => store.runs.list(filter),

    'runs.get': ({ id: given }) => {
      const id = resolve(given)
      return {
        ...store.runs.summary(id)!,
        ...store.runs.record(id)!,
        epochRecords: store.epochs.list(id),
        marks: store.marks.list(id),
        stretches: store.stretches.list(id),
        progress: supervisor.progress(id),
      }
    },

    'runs.steps': ({ id, from }) => store.steps.columns(resolve(id), from),

    'runs.predictedEpochs': ({ id }) => ({ epochs: store.predictions.epochs(resolve(id)) }),

    'runs.predictions': ({ id: given, epoch }) => {
      const id = resolve(given)
      const found = store.predictions.get(id, epoch)
      if (found) return found
      const epochs = store.predictions.epochs(id)
      const hint = epochs.length > 0 ? `Choose one of ${epochs.join(', ')}.` : 'None of its epochs has any.'
      throw new SignumError('invalid_request', `Run ${id} keeps no answers of epoch ${epoch}. ${hint}`, {
        place: { field: 'epoch' },
      })
    },

    'runs.rename': ({ id, name }) => changes.apply(resolve(id), { name }),

    'runs.remove': ({ id: given }) => {
      const id = resolve(given)
      if (isActive(store.runs.summary(id)!.status)) {
        throw new SignumError('invalid_request', `Run ${id} is still being trained. Stop it before you delete it.`)
      }
      if (queue.isWaiting(id)) queue.withdraw(id)
      changes.apply(id, { removedAt: new Date().toISOString() })
      return {}
    },

    'runs.restore': ({ id }) => changes.apply(resolveRun(store.runs, id, true), { removedAt: null }),

    'runs.pack': async ({ id }) => {
      const { file } = await askTrained(context, resolve(id), (network) => inference.ask({ type: 'pack', network }))
      return { file: new Uint8Array(file) }
    },

    'runs.evaluate': async ({ id, engine, threads }) => {
      const runId = resolve(id)
      const { dataset, backend } = store.runs.record(runId)!.settings
      // A process of its own: threads are chosen once in a process, and drawing goes on meanwhile.
      const evaluation = await inference.alone((client) =>
        askTrained(context, runId, (network) =>
          client.ask({ type: 'evaluate', network, dataset, engine, backend, threads }),
        ),
      )
      const { testAccuracy, images, microsecondsPerImage } = evaluation
      return { testAccuracy, images, microsecondsPerImage }
    },
  }
}

/** The first of every group, then the second ones: what is to be compared trains side by side. */
function inTurn(groups: readonly (readonly string[])[]): string[] {
  const longest = Math.max(...groups.map(({ length }) => length))
  return Array.from({ length: longest }, (_, place) => groups.flatMap((group) => group[place] ?? [])).flat()
}

function notResumable(run: RunSummary): SignumError {
  const why: Partial<Record<RunSummary['status'], string>> = {
    finished: `has finished all of its ${run.epochs} epochs.`,
    failed: `has failed and cannot go on: ${run.message ?? 'the reason is not known.'}`,
  }
  return new SignumError('run_not_resumable', `Run ${run.id} ${why[run.status] ?? 'is being trained already.'}`)
}
