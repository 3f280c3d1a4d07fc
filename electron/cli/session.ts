import { join } from 'node:path'
import { readApplication } from '#electron/host/application.ts'
import { createHost, type Host } from '#electron/host/host.ts'
import { createForkLauncher } from '#electron/host/launchers/fork.ts'
import { doctor } from '#electron/setup/doctor.ts'
import { resolveDataFolder } from '#electron/store/data-folder.ts'
import { PRESETS_FOLDER, PROJECT_FOLDER } from './project.ts'
import type { Terminal } from './terminal.ts'

/** What every command is given. */
export interface Session {
  readonly terminal: Terminal
  /** One JSON document on stdout instead of text. */
  readonly json: boolean
  /** As asked for by --data-dir. */
  readonly dataFolder: string | undefined
}

/** Opens the lab for one command, and closes it however the command ends. */
export async function withLab<Result>(session: Session, use: (lab: Host) => Promise<Result>): Promise<Result> {
  const dataFolder = resolveDataFolder(session.dataFolder)
  const lab = createHost({
    dataFolder,
    presetsFolder: PRESETS_FOLDER,
    launcher: createForkLauncher({ logFile: join(dataFolder, 'logs', 'engine.log') }),
    ...readApplication(PROJECT_FOLDER),
    kind: 'cli',
    doctor,
  })
  try {
    for (const notice of (await lab.request('lab.info', {})).notices) session.terminal.err(`${notice}\n`)
    return await use(lab)
  } finally {
    await lab.close()
  }
}

/** Ends a command with its result: as JSON, or in words. */
export function answer(session: Session, document: unknown, words: () => string): void {
  session.terminal.out(session.json ? `${JSON.stringify(document)}\n` : words())
}
