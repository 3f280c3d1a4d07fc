import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cachedTrees, createTree, DOWNLOAD_VERSION, treeFor, WHEEL_VERSION } from '#electron/setup/tensorflow/tree.ts'
import { temporaryFolder } from './folder.ts'

describe('a TensorFlow in the cache', () => {
  const folder = temporaryFolder()
  beforeEach(() => vi.stubEnv('SIGNUM_CACHE_DIR', folder()))
  afterEach(() => vi.unstubAllEnvs())

  const fillWith = (text: string) => async (path: string) => writeFileSync(join(path, 'content'), text)
  const contentOf = (version: string) => readFileSync(join(treeFor(version).folder, 'content'), 'utf8')

  it('is there once it is complete', async () => {
    expect(cachedTrees()).toEqual([])
    const tree = await createTree(WHEEL_VERSION, async (path) => {
      await fillWith('new')(path)
      expect(cachedTrees()).toEqual([])
    })
    expect(cachedTrees()).toEqual([tree])
  })

  it('leaves nothing behind when it could not be completed', async () => {
    await expect(createTree(WHEEL_VERSION, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    expect(readdirSync(folder())).toEqual([])
  })

  it('is replaced by a newer one, and kept when that fails', async () => {
    await createTree(WHEEL_VERSION, fillWith('first'))
    await expect(createTree(WHEEL_VERSION, () => Promise.reject(new Error('no network')))).rejects.toThrow()
    expect(contentOf(WHEEL_VERSION)).toBe('first')
    await createTree(WHEEL_VERSION, fillWith('second'))
    expect(contentOf(WHEEL_VERSION)).toBe('second')
    expect(readdirSync(folder())).toHaveLength(1)
  })

  it('is taken from the wheel rather than from the download', async () => {
    await createTree(DOWNLOAD_VERSION, fillWith('download'))
    await createTree(WHEEL_VERSION, fillWith('wheel'))
    expect(cachedTrees().map(({ version }) => version)).toEqual([WHEEL_VERSION, DOWNLOAD_VERSION])
  })

  it('has what a killed installation left removed after a day, and not before', async () => {
    const [old, recent] = ['old.1.tmp', 'recent.2.tmp'].map((name) => join(folder(), name))
    mkdirSync(old!)
    mkdirSync(recent!)
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60
    utimesSync(old!, twoDaysAgo, twoDaysAgo)
    await createTree(WHEEL_VERSION, fillWith('new'))
    expect(existsSync(old!)).toBe(false)
    expect(existsSync(recent!)).toBe(true)
  })
})
