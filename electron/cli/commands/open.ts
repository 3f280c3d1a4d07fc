import { launch } from '#electron/setup/commands/index.ts'
import type { Session } from '../session.ts'

/** Opens the lab as `npm start` does: in Electron where it can be had, else in the browser. */
export async function open(session: Session): Promise<number> {
  return launch(['start', ...dataFolderOption(session)])
}

/** Serves the lab to the browser. */
export async function serve(session: Session, options: { port?: string; open: boolean }): Promise<number> {
  const port = options.port === undefined ? [] : ['--port', options.port]
  const browser = options.open ? [] : ['--no-open']
  const json = session.json ? ['--json'] : []
  return launch(['serve', ...port, ...browser, ...json, ...dataFolderOption(session)])
}

function dataFolderOption({ dataFolder }: Session): string[] {
  return dataFolder === undefined ? [] : ['--data-dir', dataFolder]
}
