import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fingerprint } from './fingerprint.ts'
import type { FailureMemory } from './memory.ts'
import { messageOf } from './report.ts'

export interface Build {
  /** Files and folders that the result depends on. */
  readonly inputs: readonly string[]
  /** Names inside them that it does not depend on. */
  readonly ignore?: (name: string) => boolean
  /** Anything else it depends on, such as a version. */
  readonly salt?: string
  /** Exists when the result does. */
  readonly output: string
  /** File that remembers what the result was made of. */
  readonly stamp: string
  make(): Promise<void>
}

/** Makes what is not there or was made of something else. Returns whether there was anything to do. */
export async function buildIfStale(build: Build): Promise<boolean> {
  const inputs = `${fingerprint(build.inputs, build.ignore)} ${build.salt ?? ''}`
  if (existsSync(build.output) && existsSync(build.stamp) && readFileSync(build.stamp, 'utf8') === inputs) return false
  await build.make()
  mkdirSync(dirname(build.stamp), { recursive: true })
  writeFileSync(build.stamp, inputs)
  return true
}

/**
 * Like `buildIfStale`, but does not try again what failed lately. The memory is asked only where there is something to
 * make: what is there and fresh is good, whatever failed before it.
 *
 * @throws Error with the reason of the failure, also of a remembered one.
 */
export async function buildUnlessFailed(build: Build, memory: FailureMemory): Promise<void> {
  await buildIfStale({
    ...build,
    make: async () => {
      const failure = memory.recall()
      if (failure !== null) throw new Error(failure)
      try {
        await build.make()
      } catch (error) {
        await memory.remember(messageOf(error))
        throw error
      }
      memory.forget()
    },
  })
}
