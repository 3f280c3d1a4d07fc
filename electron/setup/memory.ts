import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeNote } from './note.ts'
import { cacheFolder } from './places.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What went wrong lately, so that a machine without network does not wait for it at every start. Never throws. */
export interface FailureMemory {
  /** The reason, if it failed within the last day. */
  recall(): string | null
  remember(reason: string): Promise<void>
  forget(): void
}

/**
 * Remembers one thing's failure in the cache folder, as long as what it depends on here stays as it was.
 *
 * @param conditions what a person may have mended since, such as the state of a program.
 * @param now milliseconds since 1970.
 */
export function failureMemory(name: string, conditions = '', now: () => number = Date.now): FailureMemory {
  const path = join(cacheFolder(), `${name}-failed.json`)
  return {
    recall: () => {
      try {
        const note = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
        const { at, reason } = note
        const isRecent = typeof at === 'number' && at <= now() && now() - at < DAY_MS
        const holds = isRecent && note.conditions === conditions
        return holds && typeof reason === 'string' ? reason : null
      } catch {
        // Nothing remembered, or nothing legible: both mean to try.
        return null
      }
    },
    remember: (reason) => writeNote(path, { at: now(), conditions, reason }),
    forget: () => {
      try {
        rmSync(path, { force: true })
      } catch {
        // A note in a folder that cannot be written stays until its day is over; that must not end a start.
      }
    },
  }
}
