import { messageOf, say } from '../report.ts'
import { dev } from './dev.ts'
import { native } from './native.ts'
import { serve, start } from './start.ts'
import { test } from './test.ts'

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start,
  serve,
  test,
  native,
  dev,
}

/** Runs one of the commands behind the npm scripts; returns the exit code. */
export async function launch([name = 'start', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name]
  if (command === undefined) {
    say(`There is no command "${name}"; choose one of ${Object.keys(COMMANDS).join(', ')}.`)
    return 1
  }
  try {
    return await command(args)
  } catch (error) {
    say(messageOf(error))
    return 1
  }
}
