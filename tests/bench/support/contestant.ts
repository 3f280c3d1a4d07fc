import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that measures something whenever it is asked to. */
export interface Program {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What it measured in one turn, by what was measured. */
export type Turn = Readonly<Record<string, number>>

/**
 * A running program. It says `{"ready": "what it is"}` when it has warmed up, and answers every line with one turn: a
 * line of JSON with a number for each thing it measures. It ends when its input does.
 */
export interface Contestant {
  readonly name: string
  readonly description: string
  turn(): Promise<Turn>
  end(): Promise<void>
}

/** Starts a program and waits until it is ready. What it complains about stands on stderr. */
export async function startContestant({ name, command, args, env }: Program): Promise<Contestant> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] })
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`${name} could not be started: ${String(error)}. Name another Python with --python.`)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async () => {
    const { value, done } = await Promise.race([lines.next(), failed])
    if (done) throw new Error(`${name} ended before it had answered; its words stand above.`)
    return JSON.parse(value) as unknown
  }
  const { ready } = (await answer()) as { ready: string }
  return {
    name,
    description: ready,
    async turn() {
      child.stdin.write('\n')
      return (await answer()) as Turn
    },
    async end() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
