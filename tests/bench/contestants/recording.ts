/**
 * Training steps of one network with its weights recorded and without, some of each a turn, on the images and with the
 * settings of its preset; see support/contestant.ts. Frames are measured by themselves: between them lie many steps.
 *
 *     node tests/bench/contestants/recording.ts --network lenet-binary --backend native --threads 2 --steps 10
 *
 * `--network` names a preset or a file with a network's spec; `--dataset` is for the latter.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareTraining } from '#electron/engine/training/prepare.ts'
import { WeightRecorder } from '#electron/engine/training/snapshots/recorder.ts'
import { planFrames } from '#electron/engine/training/snapshots/rhythm.ts'
import { watchedLayers } from '#electron/engine/training/snapshots/watched.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { weightsOf } from '#shared/snapshots/format.ts'
import { presetSpec } from '../support/presets.ts'
import { serveTurns } from '../support/turns.ts'

/** Longer than any measurement, so that no frame falls between two steps. */
const ENDLESS = 1e9

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: 'lenet-binary' },
    dataset: { type: 'string', default: 'mnist' },
    epochs: { type: 'string', default: '10' },
    backend: { type: 'string', default: 'auto' },
    threads: { type: 'string', default: '2' },
    steps: { type: 'string', default: '10' },
  },
})
const spec = values.network.endsWith('.json')
  ? parseNetworkSpec(JSON.parse(readFileSync(values.network, 'utf8')))
  : presetSpec(values.network)
const settings = trainingSettingsSchema.parse({
  dataset: values.dataset,
  epochs: Number(values.epochs),
  threads: Number(values.threads),
  backend: values.backend,
})
const folder = mkdtempSync(join(tmpdir(), 'signum-recording-'))
process.once('exit', () => rmSync(folder, { recursive: true }))
const { session, network, plan, backend } = await prepareTraining({
  runId: 'measured',
  spec,
  settings,
  checkpointFolder: folder,
  resume: false,
})
const options = {
  folder,
  layers: analyseNetwork(spec).all,
  variables: network.variables,
  operations: backend.operations,
}
const opened = WeightRecorder.open({
  ...options,
  plan: { stepsPerEpoch: ENDLESS, totalSteps: ENDLESS },
  step: 0,
  onFrame: () => undefined,
})
if (!opened) throw new Error(`Nothing of ${spec.name} is recorded: it has no binary layer, and none is watched.`)
const recorder = opened

const weights = watchedLayers(options.layers, options.variables).reduce((sum, { layer }) => sum + weightsOf(layer), 0)
const frames = [...planFrames(plan, weights).values()]
const whole = frames.filter((content) => content === 'whole').length

function time(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** One step; epochs follow each other untested. */
function train(): void {
  if (session.epochTrained) session.finishEpoch({ loss: 1, accuracy: 0 })
  session.step()
}

/** Milliseconds a step, of all of them: what recording leaves to be cleared away counts as well. */
function stepMs(afterStep: (step: number) => void): number {
  const steps = Number(values.steps)
  const all = time(() => {
    for (let step = 0; step < steps; step++) {
      train()
      afterStep(session.position.steps)
    }
  })
  return all / steps
}

let counting = 0
const measures: [string, () => number][] = [
  ['without recording', () => stepMs(() => undefined)],
  ['recorded', () => stepMs((step) => (counting += time(() => recorder.afterStep(step))))],
]

function turn() {
  // What the frames of the turn before have left to be cleared away belongs to neither.
  stepMs(() => undefined)
  counting = 0
  const times = new Map<string, number>()
  // There and back, so that neither gains by coming first.
  for (const [name, measure] of [...measures, ...measures.toReversed()]) {
    times.set(name, (times.get(name) ?? 0) + measure() / 2)
  }
  const signs = time(() => recorder.beforePause(session.position.steps))
  train()
  const wholeFrame = time(() => recorder.beforeStop(session.position.steps))
  return {
    ...Object.fromEntries(times),
    'counting flips': counting / (2 * Number(values.steps)),
    'frame of signs': signs,
    'whole frame': wholeFrame,
    // What the frames of a run take, spread over its steps.
    'frames, a step': (whole * wholeFrame + (frames.length - whole) * signs) / plan.totalSteps,
  }
}

turn()
await serveTurns(
  `${backend.version}, kernels for ${backend.kernels}, ${weights} weights, ${frames.length} frames, ${whole} of them whole`,
  turn,
)
