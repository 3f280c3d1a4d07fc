import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InferenceCommand, InferenceReport } from '#electron/engine/protocol.ts'

const ENTRY = fileURLToPath(new URL('../../electron/engine/inference.ts', import.meta.url))

describe('an inference process', () => {
  let engine: ChildProcess
  beforeEach(() => {
    engine = fork(ENTRY, [], { serialization: 'advanced', stdio: 'ignore' })
  })
  afterEach(() => {
    engine.kill('SIGKILL')
  })

  async function ask(command: InferenceCommand): Promise<InferenceReport> {
    engine.send(command)
    const [report] = (await once(engine, 'message')) as [InferenceReport]
    return report
  }

  it('answers under the number of the question, mistakes included, and goes on', async () => {
    const sample = await ask({ type: 'samples', id: 11, dataset: 'mnist', split: 'train', indices: [0, 1] })
    expect(sample).toMatchObject({ type: 'samples', id: 11, labels: Uint8Array.of(5, 0) })
    expect(Object.getPrototypeOf((sample as { pixels?: object }).pixels)).toBe(Uint8Array.prototype)
    expect(await ask({ type: 'samples', id: 12, dataset: 'nothing', split: 'train', indices: [0] })).toMatchObject({
      type: 'error',
      id: 12,
      error: { code: 'unknown_dataset' },
    })
    expect(await ask({ type: 'datasets', id: 13 })).toMatchObject({ type: 'datasets', id: 13 })
  })

  it('ends by itself when its shell lets go of it', async () => {
    await ask({ type: 'datasets', id: 1 })
    engine.disconnect()
    expect(await once(engine, 'exit')).toEqual([1, null])
  })
})
