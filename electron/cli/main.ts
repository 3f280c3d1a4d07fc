import { CommanderError } from 'commander'
import { readApplication } from '#electron/host/application.ts'
import { projectFolder } from '#electron/setup/places.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import { createProgram } from './program.ts'
import { processTerminal, type Terminal } from './terminal.ts'

/**
 * Runs one `signum` command.
 *
 * @param args what stands after `signum`.
 * @returns the exit code: 0, or 1 after one sentence on what is wrong.
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  let code = 0
  const program = createProgram(terminal, readApplication(projectFolder).version, (own) => {
    code = own
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    // Help and version have been printed.
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    refuse(terminal, args.includes('--json'), error instanceof CommanderError ? usageError(error) : error)
    return 1
  }
}

function refuse(terminal: Terminal, json: boolean, error: unknown): void {
  const { code, message } = toErrorMessage(error)
  if (json) terminal.out(`${JSON.stringify({ error: { code, message } })}\n`)
  else terminal.err(`${message}\n`)
}

function usageError(error: CommanderError): SignumError {
  const text = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  const ended = /[.?)]$/.test(sentence) ? sentence : `${sentence}.`
  return new SignumError('invalid_request', `${ended} "signum --help" lists the commands.`, { cause: error })
}
