import { createWriteStream } from 'node:fs'
import { kill } from 'node:process'
import { utilityProcess, type UtilityProcess } from 'electron'
import type { EngineRole } from '#electron/engine/protocol.ts'
import type { EngineExit, EngineProcess, ProcessLauncher } from '#electron/host/launcher.ts'
import { inheritedEnvironment } from '#electron/host/launchers/environment.ts'
import { openLog } from '#electron/host/launchers/log-file.ts'

/** Bundled entry files of the engine. */
export type EngineEntries = Readonly<Record<EngineRole, string>>

/** Signals that end a process by its own fault, by the system's or by ours, by the numbers Linux and macOS share. */
const SIGNALS: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

/** Starts engines as utility processes: the packaged application cannot run as Node, so it cannot fork. */
export function createUtilityLauncher(entries: EngineEntries, logFile: string): ProcessLauncher {
  return {
    spawn(role, environment) {
      const child = utilityProcess.fork(entries[role], [], {
        serviceName: `Signum ${role}`,
        env: { ...inheritedEnvironment(), ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      keepOutput(child, logFile)
      return adapt(child)
    },
  }
}

/** Appends what the engine prints to the log. */
function keepOutput(child: UtilityProcess, logFile: string): void {
  const log = createWriteStream(logFile, { fd: openLog(logFile) })
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  child.once('exit', () => log.end())
}

function adapt(child: UtilityProcess): EngineProcess {
  let killed = false
  const end = () => {
    // Electron's own kill asks politely, and an engine deep in a kernel does not listen.
    if (child.pid !== undefined) killIfAlive(child.pid)
  }
  // Before it has started there is no process to end yet.
  child.once('spawn', () => void (killed && end()))
  return {
    get pid() {
      return child.pid
    },
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(decodeExit(code))),
    kill() {
      killed = true
      end()
    },
  }
}

function killIfAlive(pid: number): void {
  try {
    kill(pid, 'SIGKILL')
  } catch (error) {
    // It was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * Electron passes on what waitpid said: the number of the signal where one ended the process, and the same plus 128
 * where it also left a core file. Engines themselves end with 0 or 1 only.
 */
function decodeExit(code: number): EngineExit {
  const signal = process.platform === 'win32' ? undefined : SIGNALS[code > 128 ? code - 128 : code]
  return signal === undefined ? { code, signal: null } : { code: null, signal }
}
