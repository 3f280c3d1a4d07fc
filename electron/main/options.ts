import { parseArgs } from 'node:util'

export interface ShellOptions {
  readonly dataFolder: string | undefined
}

/** Reads `--data-dir PATH`. Everything else on the command line belongs to Electron and Chromium. */
export function parseShellOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { 'data-dir': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const folder = values['data-dir']
  return { dataFolder: typeof folder === 'string' ? folder : undefined }
}
