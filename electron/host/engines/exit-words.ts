import type { EngineExit } from '../launcher.ts'

const SIGNAL_NUMBERS: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

const NATIVE_CRASHES = new Set(['SIGILL', 'SIGBUS', 'SIGFPE', 'SIGSEGV'])

/** Windows' status for an access to memory that is not the process's own. */
const ACCESS_VIOLATION = 0xc000_0005

/** How an engine process ended, in a sentence for the user. */
export function describeExit({ code, signal }: EngineExit): string {
  // Shells and Electron's utility processes tell a signal as 128 + its number.
  const name = signal ?? (code !== null && code > 128 ? SIGNAL_NUMBERS[code - 128] : undefined)
  if (name === 'SIGKILL') return 'The engine was killed (SIGKILL), as the system does when memory runs out.'
  if (name === 'SIGABRT') return 'The engine gave up (SIGABRT), as it does when memory runs out.'
  if (name && NATIVE_CRASHES.has(name)) return `The engine crashed in native code (${name}).`
  if (name) return `The engine was ended from outside (${name}).`
  if (code !== null && code >>> 0 === ACCESS_VIOLATION) return 'The engine crashed in native code (access violation).'
  if (code === null) return 'The engine could not be started.'
  if (code === 0) return 'The engine ended before its work was done.'
  return `The engine ended with exit code ${code}.`
}
