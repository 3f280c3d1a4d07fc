import { spawn } from 'node:child_process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface ForegroundOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
}

/**
 * Runs a command that owns the terminal until it ends. A signal sent to this process is passed on, and this process
 * waits for what the command makes of it.
 *
 * @returns the exit code; 1 when a signal ended the command or it could not be started.
 */
export function runInForeground(
  command: string,
  args: readonly string[],
  { cwd, env }: ForegroundOptions = {},
): Promise<number> {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: 'inherit' })
    const passOn = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of SIGNALS) process.on(signal, passOn)
    const finish = (code: number) => {
      for (const signal of SIGNALS) process.off(signal, passOn)
      settle(code)
    }
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      finish(1)
    })
    child.once('exit', (code) => finish(code ?? 1))
  })
}
