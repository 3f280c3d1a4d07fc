import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildIfStale, buildUnlessFailed, type Build } from '#electron/setup/build.ts'
import { failureMemory } from '#electron/setup/memory.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()

function build(changes: Partial<Build> = {}): Build {
  const source = join(folder(), 'source')
  mkdirSync(source, { recursive: true })
  const output = join(folder(), 'result')
  return {
    inputs: [source],
    output,
    stamp: join(folder(), 'made-of'),
    make: async () => writeFileSync(output, 'made'),
    ...changes,
  }
}

describe('buildIfStale', () => {
  const write = (name: string, text: string) => writeFileSync(join(folder(), 'source', name), text)

  it('makes what is not there, and not again', async () => {
    expect(await buildIfStale(build())).toBe(true)
    expect(await buildIfStale(build())).toBe(false)
  })

  it('makes it again when a source changes, is added or goes', async () => {
    await buildIfStale(build())
    write('a.ts', 'one')
    expect(await buildIfStale(build())).toBe(true)
    write('a.ts', 'two')
    expect(await buildIfStale(build())).toBe(true)
    rmSync(join(folder(), 'source/a.ts'))
    expect(await buildIfStale(build())).toBe(true)
  })

  it('does not when a file is only written again', async () => {
    const same = build()
    write('a.ts', 'one')
    await buildIfStale(same)
    write('a.ts', 'one')
    expect(await buildIfStale(same)).toBe(false)
  })

  it('leaves ignored names out, and counts what is no file', async () => {
    const ignore = (name: string) => name === 'notes'
    await buildIfStale(build({ ignore, salt: 'alone' }))
    write('notes', 'text')
    expect(await buildIfStale(build({ ignore, salt: 'alone' }))).toBe(false)
    expect(await buildIfStale(build({ ignore, salt: 'together' }))).toBe(true)
  })

  it('makes it again when the result was deleted', async () => {
    await buildIfStale(build())
    rmSync(join(folder(), 'result'))
    expect(await buildIfStale(build())).toBe(true)
  })

  it('tries again after a failure', async () => {
    const make = () => Promise.reject(new Error('no compiler'))
    await expect(buildIfStale(build({ make }))).rejects.toThrow('no compiler')
    expect(await buildIfStale(build())).toBe(true)
  })
})

describe('buildUnlessFailed', () => {
  beforeEach(() => vi.stubEnv('SIGNUM_CACHE_DIR', join(folder(), 'cache')))
  afterEach(() => vi.unstubAllEnvs())

  it('does not hold an earlier failure against a result that is there', async () => {
    await buildIfStale(build())
    await failureMemory('thing').remember('no compiler')
    await expect(buildUnlessFailed(build(), failureMemory('thing'))).resolves.toBeUndefined()
  })

  it('tells what failed lately without trying it again, until that is forgotten', async () => {
    const memory = failureMemory('thing')
    const failing = build({ make: () => Promise.reject(new Error('no compiler')) })
    await expect(buildUnlessFailed(failing, memory)).rejects.toThrow('no compiler')
    await expect(buildUnlessFailed(build(), memory)).rejects.toThrow('no compiler')
    memory.forget()
    await buildUnlessFailed(build(), memory)
    rmSync(join(folder(), 'result'))
    await buildUnlessFailed(build(), memory)
  })
})
