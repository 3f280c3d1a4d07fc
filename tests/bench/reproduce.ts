/**
 * Trains a preset as its file says and appends one JSON line an epoch to a file, to set beside the notebook's numbers.
 *
 *     node tests/bench/reproduce.ts lenet-binary --out binary.jsonl [--epochs 10] [--seed 1] [--limit N] [--threads N]
 *         [--checkpoints FOLDER]   keep checkpoints there and go on from the newest
 */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import { TrainingControls } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    epochs: { type: 'string' },
    seed: { type: 'string' },
    limit: { type: 'string' },
    threads: { type: 'string' },
    checkpoints: { type: 'string' },
  },
})
const [name = 'lenet-binary'] = positionals
const file = new URL(`../../resources/presets/${name}.json`, import.meta.url)
const preset = JSON.parse(await readFile(file, 'utf8')) as { spec: unknown; settings: object }
const overrides = Object.entries({
  epochs: values.epochs,
  seed: values.seed,
  limit: values.limit,
  threads: values.threads,
})
const settings = trainingSettingsSchema.parse({
  ...preset.settings,
  ...Object.fromEntries(overrides.flatMap(([key, text]) => (text === undefined ? [] : [[key, Number(text)]]))),
})
const folder = values.checkpoints ?? (await mkdtemp(join(tmpdir(), 'signum-reproduce-')))
let written = Promise.resolve()

function show(report: TrainingReport): void {
  if (report.type === 'progress') {
    const { step, totalSteps, loss, imagesPerSecond } = report.progress
    process.stderr.write(`\r${step}/${totalSteps} loss ${loss?.toFixed(4)} ${imagesPerSecond?.toFixed(0)} images/s   `)
    return
  }
  if (report.type === 'steps' || report.type === 'checkpoint') return
  const line = JSON.stringify({ preset: name, seed: settings.seed, ...report })
  console.log(line)
  if (values.out) written = written.then(() => appendFile(values.out!, `${line}\n`))
}

const job = { runId: name, spec: parseNetworkSpec(preset.spec), settings, checkpointFolder: folder, resume: true }
await runTraining(job, new TrainingControls(), show)
await written
if (!values.checkpoints) await rm(folder, { recursive: true, force: true })
