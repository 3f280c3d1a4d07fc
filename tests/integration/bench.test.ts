import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InferenceBenchmark, KernelsBenchmark, Spread, TrainingBenchmark } from '#electron/engine/protocol.ts'
import { loadKernels } from '#electron/native/index.ts'
import { smallNetwork } from '../fixtures/networks.ts'
import { signum, startSignum } from '../fixtures/signum.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

let folder: ReturnType<typeof temporaryFolder>
let data: string
let network: string

beforeAll(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'lab')
  network = join(folder.path, 'small.json')
  writeFileSync(network, JSON.stringify(smallNetwork()))
})

afterAll(() => folder[Symbol.dispose]())

async function json<Answer>(...args: string[]): Promise<Answer> {
  const { code, stdout, stderr } = await signum(data, 'bench', ...args, '--json')
  expect(code, stdout + stderr).toBe(0)
  return JSON.parse(stdout) as Answer
}

function expectSpread({ median, quartiles: [low, high], range: [least, most] }: Spread): void {
  const inOrder = [least, low, median, high, most]
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
  expect(least).toBeGreaterThan(0)
}

describe('signum bench train', () => {
  const bench = (...args: string[]) =>
    signum(data, 'bench', 'train', '--network', network, '--backend', 'native', ...args)

  it('measures every part of a step and records nothing', async () => {
    const { train } = await json<{ train: TrainingBenchmark[] }>(
      ...['train', network, '--backend', 'native', '--steps', '2', '--batch', '5', '--threads', '1'],
    )
    expect(train).toMatchObject([{ backend: 'native', batchSize: 5, steps: 2, threads: 1 }])
    const [{ layers, stepMs, stepQuartilesMs, stepRangeMs, lossMs, optimizerMs, otherMs }] = train as [
      TrainingBenchmark,
    ]
    const ids = layers.flatMap(({ id }) => id.split(' + '))
    expect(ids).toEqual(smallNetwork().layers.map(({ id }) => id))
    expectSpread({ median: stepMs, quartiles: stepQuartilesMs, range: stepRangeMs })
    for (const time of [lossMs, optimizerMs, otherMs]) expect(time).toBeGreaterThanOrEqual(0)
    expect(existsSync(data)).toBe(false)
  })

  it('prints a table for people', async () => {
    const { code, stdout } = await bench('--steps', '1', '--batch', '5')
    expect(code).toBe(0)
    expect(stdout).toMatch(/batch 5: \d+\.\d\d ms a step/)
    expect(stdout).toMatch(/^Part +Forward \(ms\) +Backward \(ms\)/m)
    expect(stdout).toMatch(/^optimiser /m)
  })

  it('says in a sentence why a network cannot be measured', async () => {
    const headless = join(folder.path, 'headless.json')
    writeFileSync(headless, JSON.stringify({ ...smallNetwork(), layers: smallNetwork().layers.slice(0, -1) }))
    const { code, stdout, stderr } = await signum(data, 'bench', 'train', headless, '--backend', 'native')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/10/)
  })
})

describe.runIf(loadKernels() !== null)('signum bench kernels', () => {
  it('answers speeds, ratios and shares of every layer, and says why TensorFlow is missing', async () => {
    const { kernels } = await json<{ kernels: KernelsBenchmark }>('kernels', '--rounds', '1', '--backend', 'native')
    expect(kernels).toMatchObject({ threads: 1, rounds: 1, tensorflow: { version: null } })
    expect(kernels.tensorflow.missing).toContain('"native"')
    expect(kernels.available).toContain(kernels.instructionSet)
    for (const peak of Object.values(kernels.peaks)) expectSpread(peak)
    expect(kernels.layers).toHaveLength(8)
    for (const { macs, binary, packed, float, tensorflow } of kernels.layers) {
      expect(macs).toBeGreaterThan(0)
      expect(tensorflow).toBeNull()
      for (const { ms, gmacPerSecond, shareOfPeak } of [binary, packed, float]) {
        for (const spread of [ms, gmacPerSecond, shareOfPeak]) expectSpread(spread)
      }
      for (const { timesFloat, timesTensorflow, timesFastestFloat } of [binary, packed]) {
        expectSpread(timesFloat)
        expect(timesTensorflow).toBeNull()
        expect(timesFastestFloat).toEqual(timesFloat)
      }
    }
  })

  it('prints tables for people, with TensorFlow or the reason why not', async () => {
    const { code, stdout } = await signum(data, 'bench', 'kernels', '--rounds', '1')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Kernels for \w+, 1 thread, 1 rounds?/)
    expect(stdout).toMatch(/TensorFlow \d+\.\d+|TensorFlow was not measured: /)
    expect(stdout).toMatch(/^ResNet 3×3, 256→256 at 14² +\d/m)
  })

  it('ends at once with Ctrl+C, and leaves no process behind', async () => {
    const running = startSignum(data, 'bench', 'kernels', '--rounds', '10000', '--backend', 'native', '--json')
    await running.says(/Measuring/)
    const measuring = childrenOf(running.process.pid!)
    running.process.kill('SIGINT')
    const { code, stdout } = await running.result
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } }
    expect([code, error.code]).toEqual([1, 'cancelled'])
    await waitUntil(() => !measuring.some(isAlive))
  })
})

describe.runIf(loadKernels() !== null)('signum bench infer', () => {
  it('answers latencies by part with a sentence on each, from freshly initialised weights', async () => {
    const { infer } = await json<{ infer: InferenceBenchmark }>(
      ...['infer', network, '--rounds', '2', '--backend', 'native'],
    )
    expect(infer).toMatchObject({ network: 'small', runId: null, threads: 1, rounds: 2, tensorflow: { version: null } })
    expect(infer.float).toContain('our kernels')
    expect(infer.batches.map(({ batch }) => batch)).toEqual([1, 100])
    for (const { batch, float, packed, timesFloat } of infer.batches) {
      expectSpread(timesFloat)
      expect(float.parts.map(({ name }) => name)).toEqual(['flatten', 'linear'])
      expect(packed.parts.map(({ name }) => name)).toEqual(['dense layer 784→10'])
      for (const { ms, microsecondsPerImage, otherMs, explanation } of [float, packed]) {
        expectSpread(ms)
        expect(microsecondsPerImage).toBeCloseTo((1000 * ms.median) / batch, 6)
        expect(otherMs).toBeGreaterThanOrEqual(0)
        expect(explanation).toMatch(/goes into "/)
      }
    }
  })

  it('takes the weights of a run, and prints tables for people', async () => {
    const trained = await signum(data, 'train', network, '--limit', '100', '--epochs', '1', '--backend', 'native')
    expect(trained.code, trained.stderr).toBe(0)
    const { code, stdout } = await signum(data, 'bench', 'infer', 'latest', '--rounds', '1', '--backend', 'native')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^small with the weights of run [a-z2-7]{10}, 1 thread/)
    expect(stdout).toContain('TensorFlow was not measured: ')
    expect(stdout).toMatch(/^Packed, 100 images\. .*goes into/m)
  })
})

/** Processes that this one started; known on Linux only. */
function childrenOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
