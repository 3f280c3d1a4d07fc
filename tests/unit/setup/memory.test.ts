import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failureMemory } from '#electron/setup/memory.ts'
import { temporaryFolder } from './folder.ts'

const HOUR_MS = 60 * 60 * 1000

describe('failureMemory', () => {
  const folder = temporaryFolder()
  beforeEach(() => vi.stubEnv('SIGNUM_CACHE_DIR', folder()))
  afterEach(() => vi.unstubAllEnvs())

  it('knows nothing at first', () => {
    expect(failureMemory('thing').recall()).toBeNull()
  })

  it('recalls a reason for a day', async () => {
    await failureMemory('thing', '', () => 0).remember('no network')
    expect(failureMemory('thing', '', () => 23 * HOUR_MS).recall()).toBe('no network')
    expect(failureMemory('thing', '', () => 24 * HOUR_MS).recall()).toBeNull()
  })

  it('does not hold a failure against a machine that was mended since', async () => {
    await failureMemory('thing', 'no compiler').remember('not compiled')
    expect(failureMemory('thing', 'no compiler').recall()).toBe('not compiled')
    expect(failureMemory('thing', '/usr/bin/c++').recall()).toBeNull()
  })

  it('does not believe a clock that was set back', async () => {
    await failureMemory('thing', '', () => 5 * HOUR_MS).remember('no network')
    expect(failureMemory('thing', '', () => 0).recall()).toBeNull()
  })

  it('keeps things apart and forgets on demand', async () => {
    await failureMemory('thing').remember('no network')
    expect(failureMemory('other').recall()).toBeNull()
    failureMemory('thing').forget()
    expect(failureMemory('thing').recall()).toBeNull()
  })

  it('goes on without remembering where the cache cannot be written', async () => {
    writeFileSync(join(folder(), 'file'), '')
    vi.stubEnv('SIGNUM_CACHE_DIR', join(folder(), 'file/cache'))
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const memory = failureMemory('thing')
    await memory.remember('no network')
    expect(said.mock.calls.join('')).toMatch(/^The cache cannot be written \(.*file.*\); Signum goes on/)
    said.mockRestore()
    expect(memory.recall()).toBeNull()
    memory.forget()
  })

  it('takes a damaged note for none', () => {
    writeFileSync(join(folder(), 'thing-failed.json'), '{"at":')
    expect(failureMemory('thing').recall()).toBeNull()
  })
})
