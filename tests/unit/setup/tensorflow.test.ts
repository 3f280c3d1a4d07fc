import { describe, expect, it } from 'vitest'
import type { FailureMemory } from '#electron/setup/memory.ts'
import { findTensorflow, findWithMemory, type TensorflowSource } from '#electron/setup/tensorflow.ts'

type Outcome = string | null | Error

function source(name: string, outcome: Outcome, asked: string[] = []): TensorflowSource {
  return {
    name,
    prepare: () => {
      asked.push(name)
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome)
    },
  }
}

function memoryOf(reason: string | null): FailureMemory & { remembered: string[] } {
  const remembered: string[] = []
  return {
    remembered,
    recall: () => reason,
    remember: (text) => {
      remembered.push(text)
      return Promise.resolve()
    },
    forget: () => {},
  }
}

describe('findTensorflow', () => {
  it('takes the first source that has it and asks no further', async () => {
    const asked: string[] = []
    const sources = [
      source('installed', null, asked),
      source('cache', '2.21.0', asked),
      source('package', '2.9.1', asked),
    ]
    expect(await findTensorflow(sources)).toEqual({ version: '2.21.0', detail: 'cache' })
    expect(asked).toEqual(['installed', 'cache'])
  })

  it('goes on past a binding that does not load', async () => {
    const sources = [source('installed', new Error('it does not load')), source('cache', '2.21.0')]
    expect(await findTensorflow(sources)).toEqual({ version: '2.21.0', detail: 'cache' })
  })

  it('gives every reason when none has it, and none for a source that had nothing to try', async () => {
    const sources = [
      source('cache', null),
      source('download', new Error('closed')),
      source('package', new Error('no pip')),
    ]
    expect(await findTensorflow(sources)).toEqual({ version: null, detail: 'download: closed; package: no pip' })
  })
})

describe('findWithMemory', () => {
  it('does not ask the network for what is here', async () => {
    const asked: string[] = []
    const found = await findWithMemory(
      [source('cache', '2.21.0')],
      [source('package', '2.21.0', asked)],
      memoryOf(null),
    )
    expect(found.detail).toBe('cache')
    expect(asked).toEqual([])
  })

  it('does not wait for the network again on the day it failed', async () => {
    const asked: string[] = []
    const found = await findWithMemory([], [source('package', '2.21.0', asked)], memoryOf('package: no pip'))
    expect(found).toEqual({ version: null, detail: 'package: no pip' })
    expect(asked).toEqual([])
  })

  it('looks here in spite of a remembered failure', async () => {
    const found = await findWithMemory([source('cache', '2.21.0')], [], memoryOf('package: no pip'))
    expect(found.version).toBe('2.21.0')
  })

  it('remembers why the network had none, together with what was wrong here', async () => {
    const memory = memoryOf(null)
    const here = [source('cache', new Error('damaged'))]
    await findWithMemory(here, [source('package', new Error('no pip'))], memory)
    expect(memory.remembered).toEqual(['cache: damaged; package: no pip'])
  })
})
