import { randomBytes } from 'node:crypto'
import { SignumError } from '#shared/contract/errors.ts'
import type { RunRepository } from '#electron/store/repositories/runs.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const ID_LENGTH = 10

/** Ten lower-case base32 characters: 50 random bits, easy to read out and to select with a double click. */
export function newId(): string {
  return Array.from(randomBytes(ID_LENGTH), (byte) => BASE32[byte % BASE32.length]).join('')
}

/**
 * The run meant by an id, an unambiguous beginning of one, or "latest".
 *
 * @param hidden look among the removed runs instead.
 * @throws SignumError `run_not_found`, naming what was asked for.
 */
export function resolveRun(runs: RunRepository, given: string, hidden = false): string {
  if (given === 'latest' && !hidden) return runs.newestId() ?? notFound('There are no runs yet.')
  const ids = runs.idsBeginning(given, { hidden })
  if (ids.includes(given) || ids.length === 1) return ids.includes(given) ? given : ids[0]!
  if (ids.length > 1) {
    return notFound(
      `${ids.length} runs begin with "${given}": ${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''}. Give more of the id.`,
    )
  }
  return notFound(`There is no run "${given}". "signum runs" and the room History list them.`)
}

function notFound(message: string): never {
  throw new SignumError('run_not_found', message)
}
