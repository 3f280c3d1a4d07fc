import type { EngineRole } from '#electron/engine/protocol.ts'

/** How a process ended. `code` is null when a signal ended it; `signal` names it where the platform tells. */
export interface EngineExit {
  readonly code: number | null
  readonly signal: string | null
}

/** A started engine process. Every listener stays until the process has ended. */
export interface EngineProcess {
  readonly pid: number | undefined
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, after the last message. Also when the process could not be started. */
  onExit(listener: (exit: EngineExit) => void): void
  /** Ends the process at once. */
  kill(): void
}

/**
 * Starts engine processes. Electron's main process implements it with utilityProcess, the server and the CLI with
 * child_process.fork; the host does not know which.
 */
export interface ProcessLauncher {
  spawn(role: EngineRole, environment: Readonly<Record<string, string>>): EngineProcess
}
