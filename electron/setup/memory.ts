import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { cacheFolder } from './places.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What went wrong lately, so that a machine without network does not wait for it at every start. */
export interface FailureMemory {
  /** The reason, if it failed within the last day. */
  recall(): string | null
  remember(reason: string): Promise<void>
  forget(): void
}

/** Remembers one thing's failure in the cache folder. `now` in milliseconds since 1970. */
export function failureMemory(name: string, now: () => number = Date.now): FailureMemory {
  const path = join(cacheFolder(), `${name}-failed.json`)
  return {
    recall: () => {
      try {
        const { at, reason } = JSON.parse(readFileSync(path, 'utf8')) as { at?: unknown; reason?: unknown }
        const isRecent = typeof at === 'number' && at <= now() && now() - at < DAY_MS
        return isRecent && typeof reason === 'string' ? reason : null
      } catch {
        // Nothing remembered, or nothing legible: both mean to try.
        return null
      }
    },
    remember: async (reason) => {
      mkdirSync(cacheFolder(), { recursive: true })
      await writeFileAtomic(path, JSON.stringify({ at: now(), reason }))
    },
    forget: () => rmSync(path, { force: true }),
  }
}
