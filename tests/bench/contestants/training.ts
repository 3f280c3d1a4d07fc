/**
 * Training steps of the notebook's two networks on random images, a few of each a turn; see support/contestant.ts.
 *
 *     node tests/bench/contestants/training.ts --threads 2 --batch 100 --steps 10 --backend native
 */
import { parseArgs } from 'node:util'
import { selectBackend } from '#electron/engine/backends/select.ts'
import { trainingSteps } from '#electron/engine/benchmark/training-steps.ts'
import { Parts } from '#electron/engine/benchmark/turns.ts'
import { requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { presetSpec } from '../support/presets.ts'
import { medianMs, serveTurns } from '../support/turns.ts'

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '100' },
    steps: { type: 'string', default: '10' },
    backend: { type: 'string', default: 'auto' },
  },
})
const settings = trainingSettingsSchema.parse({
  threads: Number(values.threads),
  batchSize: Number(values.batch),
  backend: values.backend,
})
const backend = await selectBackend(settings.backend, settings.threads)
const networks = ['lenet-full-precision', 'lenet-binary'].map((name) => {
  return { name, steps: trainingSteps(requireTrainable(presetSpec(name), 10), backend, settings) }
})
const turn = () =>
  Object.fromEntries(
    networks.map(({ name, steps }) => [name, medianMs(Number(values.steps), () => steps.run(new Parts()))]),
  )

turn()
await serveTurns(`${backend.version}, kernels for ${backend.kernels}`, turn)
