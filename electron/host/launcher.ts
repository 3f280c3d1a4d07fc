import type { EngineRole } from '#electron/engine/protocol.ts'

/** A started engine process. Every listener stays until the process has ended. */
export interface EngineProcess {
  readonly pid: number | undefined
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** `code` is null when a signal ended it; `signal` names it where the platform tells. */
  onExit(listener: (exit: { code: number | null; signal: string | null }) => void): void
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
