import { parseArgs } from 'node:util'
import { SignumError } from '#shared/contract/errors.ts'

export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number
  readonly openBrowser: boolean
  readonly dataFolder: string | undefined
}

const HIGHEST_PORT = 65_535

/**
 * Reads `--port N`, `--no-open` and `--data-dir PATH`; `--json` changes only how the address, or an error, is printed.
 *
 * @throws SignumError `invalid_request` naming the option that is wrong.
 */
export function parseServerOptions(args: readonly string[]): ServerOptions {
  const values = parse(args)
  return {
    port: parsePort(values.port ?? '0'),
    openBrowser: values['no-open'] !== true,
    dataFolder: values['data-dir'],
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        'data-dir': { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values
  } catch (cause) {
    const fault = (cause as Error).message.split('. ')[0]
    throw new SignumError('invalid_request', `${fault}. The options are --port N, --no-open and --data-dir PATH.`, {
      cause,
    })
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port
  throw new SignumError('invalid_request', `--port must be a number from 0 to ${HIGHEST_PORT}, not "${text}".`)
}
