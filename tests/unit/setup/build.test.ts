import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildIfStale, type Build } from '#electron/setup/build.ts'
import { temporaryFolder } from './folder.ts'

describe('buildIfStale', () => {
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
