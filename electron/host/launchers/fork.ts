import { fork } from 'node:child_process'
import { closeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EngineRole } from '#electron/engine/protocol.ts'
import type { EngineExit, EngineProcess, ProcessLauncher } from '../launcher.ts'
import { inheritedEnvironment } from './environment.ts'
import { openLog } from './log-file.ts'

export interface ForkOptions {
  /** File that takes what the engines print; without one it is dropped. */
  readonly logFile?: string
  /** Other entry files than the lab's own engines, for tests. */
  readonly entries?: Readonly<Record<EngineRole, string>>
}

const ENGINE_ENTRIES: Readonly<Record<EngineRole, string>> = {
  training: fileURLToPath(new URL('../../engine/training.ts', import.meta.url)),
  inference: fileURLToPath(new URL('../../engine/inference.ts', import.meta.url)),
}

/** Starts engines as child processes of Node: for the server, the command line and the tests. */
export function createForkLauncher(options: ForkOptions = {}): ProcessLauncher {
  const entries = options.entries ?? ENGINE_ENTRIES
  return {
    spawn(role, environment) {
      const log = options.logFile === undefined ? 'ignore' : openLog(options.logFile)
      try {
        const child = fork(entries[role], [], {
          // Typed arrays stay typed arrays.
          serialization: 'advanced',
          env: { ...inheritedEnvironment(), ...environment },
          execArgv: [],
          stdio: ['ignore', log, log, 'ipc'],
          // A process group of its own: Ctrl+C in the terminal reaches the lab, which asks the engine to stop.
          detached: process.platform !== 'win32',
        })
        return adapt(child)
      } finally {
        if (typeof log === 'number') closeSync(log)
      }
    },
  }
}

function adapt(child: ReturnType<typeof fork>): EngineProcess {
  const exited = Promise.withResolvers<EngineExit>()
  const drained = Promise.withResolvers<true>()
  child.once('exit', (code, signal) => exited.resolve({ code, signal }))
  // The exit can be told before the last messages are read; the channel closes after them.
  child.once('disconnect', () => drained.resolve(true))
  child.once('error', () => {
    // Thrown by a failed spawn, which has no exit, and by a failed send, which has.
    if (child.pid === undefined) {
      exited.resolve({ code: null, signal: null })
      drained.resolve(true)
    }
  })
  const ended = Promise.all([exited.promise, drained.promise]).then(([exit]) => exit)
  return {
    pid: child.pid,
    // To an engine that has just died nothing can be said; its exit tells the rest.
    post: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void ended.then(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
