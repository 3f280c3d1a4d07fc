import { spawn, type ChildProcess } from 'node:child_process'

export interface CommandOptions {
  /** The command and everything it started is killed after this long. */
  limitMs: number
  cwd?: string
  env?: NodeJS.ProcessEnv
}

export interface CommandResult {
  ok: boolean
  timedOut: boolean
  stdout: string
  stderr: string
}

/** Enough to explain a failure; compilers can print far more. */
const KEPT_CHARACTERS = 64_000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** The exit code of a command that was told to stop. */
const INTERRUPTED = 130

/**
 * Runs a command quietly and waits for its end. Never throws: a command that cannot be started is not `ok`. A signal
 * ends the command and this process with it.
 */
export function run(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((settle) => {
    // A process group of its own, so that what the command started ends with it.
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    const killAll = () => killGroup(child)
    const leave = () => {
      killAll()
      process.exit(INTERRUPTED)
    }
    for (const signal of SIGNALS) process.once(signal, leave)
    const result: CommandResult = { ok: false, timedOut: false, stdout: '', stderr: '' }
    const timer = setTimeout(() => {
      result.timedOut = true
      killAll()
    }, options.limitMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout = (result.stdout + text).slice(-KEPT_CHARACTERS)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr = (result.stderr + text).slice(-KEPT_CHARACTERS)
    })
    const finish = (ok: boolean) => {
      clearTimeout(timer)
      for (const signal of SIGNALS) process.off(signal, leave)
      settle({ ...result, ok })
    }
    child.once('error', (error) => {
      result.stderr += error.message
      finish(false)
    })
    child.once('close', (code) => finish(code === 0))
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // It ended by itself between the decision and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The last line that says something, for a sentence about what went wrong. */
export function lastLine(result: CommandResult): string {
  if (result.timedOut) return 'it took too long'
  const lines = `${result.stdout}\n${result.stderr}`.split('\n').map((line) => line.trim())
  return lines.findLast((line) => line !== '') ?? 'it said nothing'
}
