import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingBenchmark } from '#electron/host/engines/measure.ts'
import { smallNetwork } from '../fixtures/networks.ts'
import { signum } from '../fixtures/signum.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

describe('signum bench train', () => {
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

  const bench = (...args: string[]) =>
    signum(data, 'bench', 'train', '--network', network, '--backend', 'native', ...args)

  it('measures every part of a step and records nothing', async () => {
    const { code, stdout } = await bench('--steps', '2', '--batch', '5', '--threads', '1', '--json')
    expect(code).toBe(0)
    const { train } = JSON.parse(stdout) as { train: TrainingBenchmark[] }
    expect(train).toMatchObject([{ backend: 'native', batchSize: 5, steps: 2, threads: 1 }])
    const [{ layers, stepMs, lossMs, optimizerMs, otherMs }] = train as [TrainingBenchmark]
    const ids = layers.flatMap(({ id }) => id.split(' + '))
    expect(ids).toEqual(smallNetwork().layers.map(({ id }) => id))
    for (const time of [stepMs, lossMs, optimizerMs, otherMs]) expect(time).toBeGreaterThanOrEqual(0)
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
    writeFileSync(network, JSON.stringify({ ...smallNetwork(), layers: smallNetwork().layers.slice(0, -1) }))
    const { code, stdout, stderr } = await bench()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/10/)
  })
})
