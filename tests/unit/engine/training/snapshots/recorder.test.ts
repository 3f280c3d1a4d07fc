import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Backend } from '#electron/engine/backends/backend.ts'
import { buildNetwork } from '#electron/engine/network.ts'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'
import { WeightRecorder } from '#electron/engine/training/snapshots/recorder.ts'
import { SnapshotArchive } from '#shared/snapshots/archive.ts'
import { joinBytes } from '#shared/snapshots/coding.ts'
import { SNAPSHOT_FILE } from '#shared/snapshots/format.ts'
import { dequantize } from '#shared/snapshots/quantize.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { temporaryFolder } from '../../../../fixtures/temporary.ts'
import { describeOnEveryBackend } from '../../support.ts'
import * as tf from '@tensorflow/tfjs-core'

const PLAN = { stepsPerEpoch: 8, totalSteps: 24 }

function network(watched: readonly string[] = []): NetworkSpec {
  const watch = (id: string) => (watched.includes(id) ? { watchWeights: true } : {})
  return parseNetworkSpec({
    schema: 1,
    name: 'small',
    input: { height: 8, width: 8, channels: 1 },
    layers: [
      { id: 'conv1', type: 'Conv2d', outChannels: 4, kernelSize: 3, ...watch('conv1') },
      { id: 'norm1', type: 'BatchNorm' },
      { id: 'conv2', type: 'QConv2d', outChannels: 5, kernelSize: 3, padding: 1, ...watch('conv2') },
      { id: 'pool2', type: 'MaxPool2d' },
      { id: 'flatten', type: 'Flatten' },
      { id: 'dense', type: 'QLinear', outFeatures: 6, ...watch('dense') },
      { id: 'linear', type: 'Linear', outFeatures: 3, ...watch('linear') },
    ],
  })
}

describeOnEveryBackend('the recorder of weights', (backend: Backend) => {
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(() => folder[Symbol.dispose]())

  /** A network whose weights move at random, with a recorder on it. */
  function start(spec: NetworkSpec, step = 0) {
    const analysis = requireTrainable(spec, 3)
    const built = buildNetwork(analysis, { operations: backend.operations, random: seedStreams(3) })
    const frames: number[] = []
    const open = (from: number) =>
      WeightRecorder.open({
        folder: folder.path,
        layers: analysis.layers,
        variables: built.variables,
        operations: backend.operations,
        plan: PLAN,
        step: from,
        onFrame: (at) => frames.push(at),
      })
    const noise = new RandomStream([1, 2, 3, 4])
    const values = (name: string) =>
      [...built.variables.find((one) => one.name === `${name}.weight`)!.variable.dataSync()] as number[]
    const move = () => {
      for (const { variable } of built.variables) {
        tf.tidy(() => {
          const change = Float32Array.from({ length: variable.size }, () => (noise.integer(2001) - 1000) / 5000)
          variable.assign(tf.add(variable, tf.tensor(change, variable.shape)))
        })
      }
    }
    return { recorder: open(step), open, frames, values, move, dispose: () => built.dispose() }
  }

  function archive(): SnapshotArchive {
    const bytes = readFileSync(join(folder.path, SNAPSHOT_FILE))
    return new SnapshotArchive({ size: bytes.length, read: (at, count) => bytes.subarray(at, at + count) }, inflateSync)
  }

  const signAt = (bytes: Uint8Array, index: number) => (bytes[index >> 3]! >> (index & 7)) & 1

  it('keeps signs, latent weights and flips of every binary layer as they were after each frame', () => {
    const { recorder, frames, values, move, dispose } = start(network())
    const flips: Record<string, number[]> = { conv2: [], dense: [] }
    const totals: Record<string, number[]> = { conv2: [], dense: [] }
    const seen = new Map([[0, { conv2: values('conv2'), dense: values('dense') }]])
    for (let step = 1; step <= PLAN.totalSteps; step++) {
      const before = { conv2: values('conv2'), dense: values('dense') }
      move()
      recorder!.afterStep(step)
      const after = { conv2: values('conv2'), dense: values('dense') }
      for (const id of ['conv2', 'dense'] as const) {
        const changed = after[id].map((value, index) => Number(value >= 0 !== before[id][index]! >= 0))
        flips[id] = changed.map((one, index) => one + (flips[id]![index] ?? 0))
        totals[id]!.push(changed.reduce((sum, one) => sum + one))
      }
      seen.set(step, after)
    }
    recorder!.close()
    const read = archive()
    expect(read.header.layers).toMatchObject([
      { id: 'conv2', binary: true, filters: 5, filter: { height: 3, width: 3, channels: 4 } },
      { id: 'dense', binary: true, filters: 6, filter: { height: 3, width: 3, channels: 5 } },
    ])
    expect(read.frames.map(({ head }) => head.step)).toEqual(frames)
    expect(frames).toEqual(Array.from({ length: 25 }, (_, step) => step))
    for (const [layer, id] of (['conv2', 'dense'] as const).entries()) {
      for (const step of frames) {
        const expected = seen.get(step)![id]
        const signs = read.find(layer, 'signs', step)!
        expect(expected.map((_, index) => signAt(signs.bytes, index))).toEqual(
          expected.map((value) => Number(value >= 0)),
        )
        const latents = read.find(layer, 'latents', step)!
        for (const [index, value] of expected.entries()) {
          expect(Math.abs(dequantize(latents.bytes[index]!, latents.range) - value)).toBeLessThan(latents.range / 250)
        }
      }
      const last = read.find(layer, 'flips', PLAN.totalSteps)!
      expect([...joinBytes(last.bytes)]).toEqual(flips[id])
      expect(last.range).toBe(Math.max(...flips[id]!))
      expect(read.frames.flatMap(({ head }) => head.measures[layer]!.flips)).toEqual(totals[id])
    }
    dispose()
  })

  it('records what is watched, of other than binary layers the latent weights alone', () => {
    const { recorder, move, dispose } = start(network(['conv1', 'dense']))
    move()
    recorder!.afterStep(1)
    recorder!.close()
    const read = archive()
    expect(read.header.layers.map(({ id, binary }) => [id, binary])).toEqual([
      ['conv1', false],
      ['dense', true],
    ])
    expect(read.frames[1]!.head.parts.filter(({ layer }) => layer === 0).map(({ kind }) => kind)).toEqual(['latents'])
    expect(read.frames[1]!.head.measures[0]!.flips).toEqual([])
    dispose()
  })

  it('is not there where nothing is binary and nothing watched', () => {
    const full = network()
    const layers = full.layers.filter(({ type }) => !type.startsWith('Q'))
    const { recorder, dispose } = start({ ...full, layers })
    expect(recorder).toBeNull()
    dispose()
  })

  it('goes on after a checkpoint as if it had never gone further', () => {
    const { recorder, open, values, move, dispose } = start(network())
    const run = (from: number, to: number, by: WeightRecorder) => {
      for (let step = from; step <= to; step++) {
        move()
        by.afterStep(step)
      }
    }
    run(1, 10, recorder!)
    const counted = [...joinBytes(archive().find(1, 'flips', 10)!.bytes)]
    const signs = values('dense').map((value) => value >= 0)
    // Steps that the checkpoint does not know; then the weights of step 10 come back, which here have simply not moved.
    for (let step = 11; step <= 13; step++) recorder!.afterStep(step)
    recorder!.close()
    const resumed = open(10)
    expect(archive().frames.at(-1)!.head.step).toBe(10)
    run(11, 12, resumed!)
    resumed!.close()
    const read = archive()
    expect(read.frames.map(({ head }) => head.step)).toEqual([...Array(13).keys()])
    const later = joinBytes(read.find(1, 'flips', 12)!.bytes)
    const moved = values('dense').map((value, index) => Number(value >= 0 !== signs[index]))
    for (const [index, count] of counted.entries()) expect(later[index]! - count).toBeGreaterThanOrEqual(moved[index]!)
    dispose()
  })
})
