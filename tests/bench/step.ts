/**
 * Times one training step of a preset on random images, to compare with pytorch_step.py.
 *
 *     node tests/bench/step.ts [--threads 2] [--batch 100] [--steps 30] [--backend auto]
 *
 * Prints one JSON line a network: median milliseconds for forward, backward and Adam.
 */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { selectBackend } from '#electron/engine/backends/select.ts'
import { gatherBatch } from '#electron/engine/datasets/batch.ts'
import { buildNetwork } from '#electron/engine/network.ts'
import { createOptimizer } from '#electron/engine/optimizers/optimizer.ts'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'
import { Trainer } from '#electron/engine/training/trainer.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '100' },
    steps: { type: 'string', default: '30' },
    backend: { type: 'string', default: 'auto' },
  },
})
const settings = trainingSettingsSchema.parse({
  threads: Number(values.threads),
  batchSize: Number(values.batch),
  backend: values.backend,
})
const steps = Number(values.steps)
const backend = await selectBackend(settings.backend, settings.threads)

for (const preset of ['lenet-full-precision', 'lenet-binary']) {
  console.log(JSON.stringify({ ...(await time(preset)), backend: backend.version, threads: backend.threads }))
}

async function time(preset: string) {
  const file = new URL(`../../resources/presets/${preset}.json`, import.meta.url)
  const { spec } = JSON.parse(await readFile(file, 'utf8')) as { spec: unknown }
  const network = buildNetwork(requireTrainable(parseNetworkSpec(spec), 10), {
    operations: backend.operations,
    random: seedStreams(1),
  })
  const trainer = new Trainer(
    network,
    createOptimizer(settings, network.variables, backend.operations),
    backend.operations,
  )
  const batch = randomBatch(settings.batchSize)
  const times = Array.from({ length: steps }, (_, index) => {
    const start = performance.now()
    trainer.step(batch, index + 1)
    return performance.now() - start
  })
  const sorted = times.slice(3).sort((a, b) => a - b)
  return { network: preset, batch: settings.batchSize, stepMs: Number(sorted[sorted.length >> 1]!.toFixed(2)) }
}

function randomBatch(count: number) {
  const random = new RandomStream([1, 2, 3, 4])
  const pixels = Uint8Array.from({ length: count * 784 }, () => random.integer(256))
  const labels = Uint8Array.from({ length: count }, () => random.integer(10))
  return gatherBatch({ height: 28, width: 28, channels: 1 }, { count, pixels, labels }, 0, count)
}
