import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '#electron/host/host.ts'
import { newId } from '#electron/host/ids.ts'
import { openDataFolder } from '#electron/store/data-folder.ts'
import { openStore } from '#electron/store/store.ts'
import { nextEvent, openLab } from '../fixtures/lab.ts'
import { startRun, trainToEnd } from '../fixtures/runs.ts'
import { insertRun } from '../fixtures/store.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  lab = openLab(folder.path)
})

afterEach(async () => {
  await lab.close()
  folder[Symbol.dispose]()
})

/** Lets `change` write to the store as another process would, then opens the lab again. */
async function between(change: (store: ReturnType<typeof openStore>) => void): Promise<void> {
  await lab.close()
  const store = openStore(openDataFolder(folder.path))
  change(store)
  store.close()
  lab = openLab(folder.path)
}

describe('a run is found', () => {
  it('by its id, a beginning that only it has, or "latest"', async () => {
    const { id } = await trainToEnd(lab, 'plain', 1)
    for (const name of [id, id.slice(0, 4), 'latest']) {
      expect((await lab.request('runs.get', { id: name })).id).toBe(id)
    }
  })

  it('not by a beginning that several have', async () => {
    await between((store) => {
      insertRun(store, 'kkaaaaaaaa')
      insertRun(store, 'kkbbbbbbbb')
    })
    await expect(lab.request('runs.get', { id: 'kk' })).rejects.toMatchObject({
      code: 'run_not_found',
      message: expect.stringMatching(/2 runs begin with "kk": kkaaaaaaaa, kkbbbbbbbb/) as string,
    })
    expect((await lab.request('runs.get', { id: 'kka' })).id).toBe('kkaaaaaaaa')
  })

  it.each(['nope', 'latest', '%', '_'])('not by %j where there is none', async (id) => {
    await expect(lab.request('runs.get', { id })).rejects.toMatchObject({ code: 'run_not_found' })
  })
})

describe('a run without a name of its own', () => {
  it('gets its network’s, numbered where that is taken', async () => {
    const names = []
    for (let run = 0; run < 3; run += 1) names.push((await trainToEnd(lab, 'plain', 1)).name)
    expect(names).toEqual(['plain', 'plain 2', 'plain 3'])
  })
})

describe('the backend used last', () => {
  it('is known after a restart', async () => {
    expect((await lab.request('lab.info', {})).backend).toBeNull()
    await trainToEnd(lab, 'plain', 1)
    await between(() => {})
    expect((await lab.request('lab.info', {})).backend).toBe('Fake 1.0')
  })
})

describe('a deleted run', () => {
  it('is gone until it is restored', async () => {
    const { id } = await trainToEnd(lab, 'plain', 1)
    const removed = nextEvent(lab, 'run.changed')
    await lab.request('runs.remove', { id })
    expect((await removed).removed).toBe(true)
    expect(await lab.request('runs.list', {})).toEqual([])
    await expect(lab.request('runs.get', { id })).rejects.toMatchObject({ code: 'run_not_found' })
    expect((await lab.request('runs.restore', { id })).id).toBe(id)
    expect(await lab.request('runs.list', {})).toHaveLength(1)
    await expect(lab.request('runs.restore', { id })).rejects.toMatchObject({ code: 'run_not_found' })
  })

  it('must not be at work', async () => {
    const { id } = await startRun(lab, 'waits', 100)
    await expect(lab.request('runs.remove', { id })).rejects.toMatchObject({
      message: expect.stringContaining('Stop it') as string,
    })
  })

  it('is cleared out with its files after 30 days', async () => {
    const { id: old } = await trainToEnd(lab, 'plain', 1)
    const { id: recent } = await trainToEnd(lab, 'plain', 1)
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3600 * 1000).toISOString()
    await between((store) => {
      store.runs.update(old, { removedAt: daysAgo(31) })
      store.runs.update(recent, { removedAt: daysAgo(29) })
    })
    expect(existsSync(join(folder.path, 'runs', old))).toBe(false)
    await expect(lab.request('runs.restore', { id: old })).rejects.toMatchObject({ code: 'run_not_found' })
    expect((await lab.request('runs.restore', { id: recent })).id).toBe(recent)
  })
})

it('a run that was at work when the lab died is interrupted', async () => {
  await between((store) => {
    for (const [id, status] of [
      ['aaaaaaaaaa', 'starting'],
      ['bbbbbbbbbb', 'running'],
      ['cccccccccc', 'paused'],
    ] as const) {
      insertRun(store, id)
      store.runs.update(id, { status })
    }
  })
  for (const run of await lab.request('runs.list', {})) {
    expect(run).toMatchObject({
      status: 'interrupted',
      errorCode: 'engine_died',
      message: expect.stringContaining('ended while') as string,
    })
  }
})

it('renames a run', async () => {
  const { id } = await trainToEnd(lab, 'plain', 1)
  expect(await lab.request('runs.rename', { id, name: '  My best  ' })).toMatchObject({ name: 'My best' })
  expect(await lab.request('runs.list', { search: 'my best' })).toHaveLength(1)
})

it('gives ids that are random and easy to read out', () => {
  const ids = Array.from({ length: 200 }, newId)
  expect(new Set(ids).size).toBe(200)
  for (const id of ids) expect(id).toMatch(/^[a-z2-7]{10}$/)
})
