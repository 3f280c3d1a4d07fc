import type { EngineRole } from '#electron/engine/protocol.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { EngineProcess, ProcessLauncher } from '../launcher.ts'

/** @throws SignumError `engine_died` where no process can be had. */
export function spawnEngine(
  launcher: ProcessLauncher,
  role: EngineRole,
  environment: Readonly<Record<string, string>> = {},
): EngineProcess {
  try {
    return launcher.spawn(role, environment)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SignumError('engine_died', `The engine could not be started: ${reason}. Try again.`, { cause })
  }
}
