import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDataFolder, type DataFolder } from '#electron/store/data-folder.ts'
import { Database } from '#electron/store/database.ts'
import { openStore } from '#electron/store/store.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { waitUntil } from '../fixtures/wait-until.ts'

let place: ReturnType<typeof temporaryFolder>
let folder: DataFolder

beforeEach(() => {
  place = temporaryFolder()
  folder = openDataFolder(join(place.path, 'lab'))
})

afterEach(() => place[Symbol.dispose]())

function start(script: string, ...args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(`../fixtures/processes/${script}`, import.meta.url))
  return spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Kills a process at once and waits until everything it said has been read. */
async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

/** Lets the writer write until it has told of `step`, then kills it; returns the last step it told of. */
async function writeUntil(step: number): Promise<number> {
  const writer = start('store-writer.ts', folder.path)
  let told = ''
  writer.stdout!.setEncoding('utf8').on('data', (text: string) => (told += text))
  const last = () => Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1))
  await waitUntil(() => last() >= step)
  await kill(writer)
  return last()
}

function verdict(): unknown[] {
  const database = new Database(folder.database)
  try {
    return [database.pragma('integrity_check'), database.connection.pragma('foreign_key_check')]
  } finally {
    database.close()
  }
}

describe('a process that is killed while it writes', () => {
  it.each([50, 350, 1100])('leaves everything it has told of, once past step %d', async (step) => {
    const last = await writeUntil(step)
    const store = openStore(folder)
    const { loss } = store.steps.columns('written', 1)
    store.close()
    expect(store.notices).toEqual([])
    expect(loss.length).toBeGreaterThanOrEqual(last)
    // Whole transactions only.
    expect(loss.length % 50).toBe(0)
    expect(loss).toEqual(Float32Array.from({ length: loss.length }, (_, index) => index + 1))
    expect(verdict()).toEqual(['ok', []])
  })

  it('gives the folder free', async () => {
    await writeUntil(50)
    openStore(folder).close()
  })
})

describe('after a kill, a write-ahead log that is', () => {
  it.each<[string, (log: string) => void]>([
    ['gone', (log) => rmSync(log)],
    ['cut in half', (log) => truncateSync(log, Math.floor(statSync(log).size / 2))],
    ['cut to a few bytes', (log) => truncateSync(log, 10)],
    ['overwritten with text', (log) => writeFileSync(log, 'lorem ipsum '.repeat(1000))],
    ['damaged in the middle', damageInTheMiddle],
  ])('%s costs at most what was in it', async (_name, damage) => {
    await writeUntil(600)
    damage(`${folder.database}-wal`)
    const store = openStore(folder)
    const { loss } = store.steps.columns('written', 1)
    store.close()
    expect(loss).toEqual(Float32Array.from({ length: loss.length }, (_, index) => index + 1))
    expect(verdict()).toEqual(['ok', []])
  })
})

function damageInTheMiddle(log: string): void {
  const bytes = readFileSync(log)
  bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 64)
  writeFileSync(log, bytes)
}

it('a process that is killed while it migrates leaves the version before, and its backup', async () => {
  const database = join(folder.path, 'old.db')
  const migrator = start('migrator.ts', database, folder.backups)
  const log = () => statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0
  await waitUntil(() => log() > 1_000_000)
  await kill(migrator)
  for (const path of [database, join(folder.backups, 'lab.db.pre-v2')]) {
    const opened = new Database(path)
    expect(opened.pragma('user_version')).toBe(1)
    expect(opened.pragma('integrity_check')).toBe('ok')
    expect(opened.connection.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }])
    opened.close()
  }
})
