import { SignumError } from '#shared/contract/errors.ts'
import type { EngineProcess } from '../launcher.ts'
import type { SupervisionLimits } from './limits.ts'
import { residentMemory } from './resident-memory.ts'

/**
 * Why an engine has to be ended before the system ends something else: it holds more memory than it may.
 *
 * @param advice what a person can do about it, as a sentence.
 * @returns `out_of_memory`, or null while it holds less or nobody can tell.
 */
export function memoryExcess(
  { pid }: Pick<EngineProcess, 'pid'>,
  { memoryBytes }: Pick<SupervisionLimits, 'memoryBytes'>,
  advice: string,
): SignumError | null {
  const memory = pid === undefined ? null : residentMemory(pid)
  if (memory === null || memory <= memoryBytes) return null
  const megabytes = (bytes: number) => Math.round(bytes / 1e6)
  return new SignumError(
    'out_of_memory',
    `The engine took ${megabytes(memory)} MB of memory, more than the ${megabytes(memoryBytes)} MB it may, and was ended. ${advice}`,
  )
}
