import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import { TrainingControls, type ControlledLoop, type Moment } from '#electron/engine/training/controls.ts'
import { runTraining } from '#electron/engine/training/run.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { SnapshotArchive } from '#shared/snapshots/archive.ts'
import { PART_KINDS, SNAPSHOT_FILE } from '#shared/snapshots/format.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'
import { native, tensorflow } from '../support.ts'

const binary = (id: string, outChannels: number, stride: number) => [
  { id, type: 'QConv2d', outChannels, kernelSize: 3, padding: 1, stride },
  { id: `${id}-norm`, type: 'BatchNorm' },
]

const spec = parseNetworkSpec({
  schema: 1,
  name: 'residual',
  input: { height: 28, width: 28, channels: 1 },
  layers: [
    { id: 'shrink', type: 'AvgPool2d', kernelSize: 4 },
    { id: 'stem', type: 'Conv2d', outChannels: 4, kernelSize: 3, padding: 1 },
    { id: 'norm', type: 'BatchNorm' },
    { id: 'block1', type: 'Residual', layers: binary('conv1', 4, 1) },
    {
      id: 'block2',
      type: 'Residual',
      shortcut: 'conv',
      shortcutStride: 2,
      shortcutPooling: false,
      layers: binary('conv2', 8, 2),
    },
    { id: 'pool', type: 'GlobalAvgPool' },
    { id: 'linear', type: 'Linear', outFeatures: 10 },
  ],
})
/** Three times as many as there are frames, so that a run can be stopped between two of them. */
const STEPS = 400
const STOPS = [154, 350]

/** Pauses after so many steps. */
class PausingControls extends TrainingControls {
  #steps: number

  constructor(steps: number) {
    super()
    this.#steps = steps
  }

  override proceed(loop: ControlledLoop, moment: Moment): Promise<boolean> {
    if (moment === 'step' && this.#steps-- === 0) this.pause()
    return super.proceed(loop, moment)
  }
}

describe('a residual network', () => {
  const backend = (tensorflow ?? native).name
  const folder = temporaryFolder()
  afterAll(() => folder[Symbol.dispose]())

  /** Trains on, to the end or for so many steps; then it pauses, as a person does, and stops. */
  async function train(name: string, { resume = false, steps = Infinity } = {}): Promise<void> {
    const controls = new PausingControls(steps)
    const ends: string[] = []
    const follow = (report: TrainingReport) => {
      if (report.type === 'paused') controls.stop()
      if (['finished', 'stopped', 'failed', 'notice'].includes(report.type)) ends.push(report.type)
    }
    const settings = trainingSettingsSchema.parse({
      epochs: 1,
      batchSize: 2,
      limit: 2 * STEPS,
      shuffle: true,
      augmentation: { shift: 1 },
      learningRate: 0.01,
      optimizer: { type: 'bop', gamma: 0.5, threshold: 1e-6 },
      backend,
      threads: 1,
    })
    const [checkpointFolder, snapshotFolder] = [join(folder.path, name), join(folder.path, name, 'snapshots')]
    await runTraining({ runId: name, spec, settings, checkpointFolder, snapshotFolder, resume }, controls, follow)
    expect(ends).toEqual([steps < STEPS ? 'stopped' : 'finished'])
  }

  function read(name: string) {
    const bytes = readFileSync(join(folder.path, name, 'snapshots', SNAPSHOT_FILE))
    const source = { size: bytes.length, read: (at: number, count: number) => bytes.subarray(at, at + count) }
    const archive = new SnapshotArchive(source, inflateSync)
    return {
      archive,
      steps: archive.frames.map(({ head }) => head.step),
      end: archive.frames.at(-1)!.end,
      size: bytes.length,
    }
  }

  beforeAll(async () => {
    await train('whole')
    await train('parts', { steps: STOPS[0]! })
    await train('parts', { resume: true, steps: STOPS[1]! - STOPS[0]! })
    await train('parts', { resume: true })
  }, 60_000)

  it.each(['weights.bin', 'optimizer.bin'])('ends with the same %s, stopped twice or not', (file) => {
    const [whole, parts] = ['whole', 'parts'].map((name) => readFileSync(join(folder.path, name, 'epoch-0001', file)))
    expect(parts!.equals(whole!)).toBe(true)
  })

  it('has the frames of an uninterrupted run, and those of the steps that it was stopped after', () => {
    const [whole, parts] = [read('whole'), read('parts')]
    expect(parts.end).toBe(parts.size)
    expect(whole.steps.filter((step) => STOPS.includes(step))).toEqual([])
    expect(parts.steps).toEqual([...whole.steps, ...STOPS].toSorted((a, b) => a - b))
  })

  it('has recorded the same of each weight at every frame', () => {
    const [whole, parts] = [read('whole').archive, read('parts').archive]
    for (const layer of whole.header.layers.keys()) {
      for (const kind of PART_KINDS) {
        for (const index of whole.framesWith(layer, kind)) {
          const { step } = whole.frames[index]!.head
          const [expected, found] = [whole.find(layer, kind, step)!, parts.find(layer, kind, step)!]
          expect(found.step).toBe(step)
          expect(Buffer.compare(found.bytes, expected.bytes), `${kind} after step ${step}`).toBe(0)
        }
      }
    }
  })

  it('has counted the flips of every step once', () => {
    const series = ({ archive }: ReturnType<typeof read>) =>
      archive.header.layers.map((_, layer) => {
        const measures = archive.frames.map(({ head }) => head.measures[layer]!)
        return { steps: measures.flatMap(({ steps }) => steps), flips: measures.flatMap(({ flips }) => flips) }
      })
    const [whole, parts] = [series(read('whole')), series(read('parts'))]
    expect(whole[0]!.steps).toEqual(Array.from({ length: STEPS }, (_, step) => step + 1))
    expect(whole[0]!.flips.some((flips) => flips > 0)).toBe(true)
    expect(parts).toEqual(whole)
  })
})
