import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import { TrainingControls } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import { MOST_FILE_BYTES } from '#electron/engine/training/snapshots/recorder.ts'
import { planFrames } from '#electron/engine/training/snapshots/rhythm.ts'
import { SnapshotArchive } from '#shared/snapshots/archive.ts'
import { SNAPSHOT_FILE, weightsOf, type PartKind } from '#shared/snapshots/format.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { temporaryFolder } from '../../../../fixtures/temporary.ts'
import { tensorflow } from '../../support.ts'

const preset = JSON.parse(
  readFileSync(new URL('../../../../../resources/presets/lenet-binary.json', import.meta.url), 'utf8'),
) as { spec: unknown; settings: object }
const spec = parseNetworkSpec(preset.spec)
const STEPS = 8

describe('a run of the binary LeNet', () => {
  const folder = temporaryFolder()
  const snapshots = join(folder.path, 'snapshots')

  async function train(name: string, snapshotFolder?: string): Promise<{ weights: Buffer; reports: TrainingReport[] }> {
    const reports: TrainingReport[] = []
    const settings = trainingSettingsSchema.parse({
      ...preset.settings,
      epochs: 1,
      batchSize: 50,
      limit: 50 * STEPS,
      backend: tensorflow ? 'tensorflow' : 'native',
      threads: 1,
    })
    const checkpointFolder = join(folder.path, name)
    const job = {
      runId: name,
      spec,
      settings,
      checkpointFolder,
      resume: false,
      ...(snapshotFolder ? { snapshotFolder } : {}),
    }
    await runTraining(job, new TrainingControls(), (report) => reports.push(report))
    return { weights: readFileSync(join(checkpointFolder, 'epoch-0001', 'weights.bin')), reports }
  }

  let recorded: Awaited<ReturnType<typeof train>>
  beforeAll(async () => {
    recorded = await train('recorded', snapshots)
  }, 60_000)
  afterAll(() => folder[Symbol.dispose]())

  it('trains to the same bit whether its weights are recorded or not', async () => {
    const plain = await train('plain')
    expect(plain.reports.some(({ type }) => type === 'snapshot')).toBe(false)
    expect(recorded.weights.equals(plain.weights)).toBe(true)
  }, 60_000)

  it('tells of every frame', () => {
    const steps = recorded.reports.flatMap((report) => (report.type === 'snapshot' ? [report.step] : []))
    expect(steps).toEqual(Array.from({ length: STEPS + 1 }, (_, step) => step))
  })

  it('would keep its ten epochs in less than 20 MB, by the bytes that its frames take here', () => {
    const bytes = readFileSync(join(snapshots, SNAPSHOT_FILE))
    expect(bytes.length).toBe(statSync(join(snapshots, SNAPSHOT_FILE)).size)
    const archive = new SnapshotArchive(
      { size: bytes.length, read: (at, count) => bytes.subarray(at, at + count) },
      inflateSync,
    )
    const weights = archive.header.layers.reduce((sum, layer) => sum + weightsOf(layer), 0)
    expect(weights).toBe(1_126_400)
    // The largest of each kind, as if none followed closely on another.
    const most = (kind: PartKind) =>
      Math.max(
        ...archive.frames.map(({ head }) =>
          head.parts.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.bytes, 0),
        ),
      )
    const plan = [...planFrames({ totalSteps: 6000, stepsPerEpoch: 600 }, weights).values()]
    const whole = plan.filter((content) => content === 'whole').length
    expect(whole).toBeGreaterThanOrEqual(11)
    // Signs are nearly always a change; one in sixteen is whole, and none can take more than a bit a weight.
    const signs = Math.min(most('signs'), weights / 8)
    expect(plan.length * (signs / 16 + 0.045 * weights) + whole * (most('latents') + most('flips'))).toBeLessThan(20e6)
    expect(MOST_FILE_BYTES).toBeLessThan(20e6)
  })
})
