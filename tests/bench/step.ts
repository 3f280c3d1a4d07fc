/**
 * Times one training step of a preset on random images, to compare with pytorch_step.py.
 *
 *     node tests/bench/step.ts [--threads 2] [--batch 100] [--steps 30] [--backend auto] [--plain] [--layers]
 *
 * Prints one JSON line a network: median milliseconds for forward, backward and Adam. `--plain` does without fused
 * layers, `--layers` adds the time of each layer.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { selectBackend } from '#electron/engine/backends/select.ts'
import { profileSteps } from '#electron/engine/benchmark/step-profile.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '100' },
    steps: { type: 'string', default: '30' },
    backend: { type: 'string', default: 'auto' },
    plain: { type: 'boolean', default: false },
    layers: { type: 'boolean', default: false },
  },
})
const settings = trainingSettingsSchema.parse({
  threads: Number(values.threads),
  batchSize: Number(values.batch),
  backend: values.backend,
})
const loaded = await selectBackend(settings.backend, settings.threads)
const backend = values.plain ? { ...loaded, operations: { ...loaded.operations, fused: null } } : loaded
const { version, kernels, threads } = backend
const rounded = (milliseconds: number) => Number(milliseconds.toFixed(2))

for (const network of ['lenet-full-precision', 'lenet-binary']) {
  const file = new URL(`../../resources/presets/${network}.json`, import.meta.url)
  const { spec } = JSON.parse(await readFile(file, 'utf8')) as { spec: unknown }
  const analysis = requireTrainable(parseNetworkSpec(spec), 10)
  const { stepMs, layers, ...phases } = profileSteps(analysis, backend, settings, Number(values.steps))
  const measured = { network, batch: settings.batchSize, stepMs: rounded(stepMs), backend: version, kernels, threads }
  console.log(JSON.stringify(measured))
  if (values.layers) {
    console.table(layers.map(({ id, forwardMs, backwardMs }) => ({ id, forward: rounded(forwardMs), backward: rounded(backwardMs) }))) // prettier-ignore
    console.log(phases)
  }
}
