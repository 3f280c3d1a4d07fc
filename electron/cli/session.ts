import { join } from 'node:path'
import { readApplication } from '#electron/host/application.ts'
import { createHost, type Host } from '#electron/host/host.ts'
import { createForkLauncher } from '#electron/host/launchers/fork.ts'
import type { LabAccess } from '#electron/host/router.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { doctor } from '#electron/setup/doctor.ts'
import { fastestBackend } from '#electron/setup/fastest-backend.ts'
import { presetsFolder, projectFolder } from '#electron/setup/places.ts'
import { resolveDataFolder } from '#electron/store/data-folder.ts'
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
  return useLab(session, openLab(session, 'own'), use)
}

/** The same for a command that changes nothing: it may look into a lab that is open elsewhere. */
export async function withLabForReading<Result>(session: Session, use: (lab: Lab) => Promise<Result>): Promise<Result> {
  return useLab(session, openOrRead(session), use)
}

function openOrRead(session: Session): Host {
  try {
    return openLab(session, 'own')
  } catch (error) {
    if (error instanceof SignumError && error.code === 'data_folder_busy') return openLab(session, 'read')
    throw error
  }
}

function openLab(session: Session, access: LabAccess): Host {
  const dataFolder = resolveDataFolder(session.dataFolder)
  return createHost({
    dataFolder,
    presetsFolder,
    launcher: createForkLauncher({ logFile: join(dataFolder, 'logs', 'engine.log') }),
    ...readApplication(projectFolder),
    kind: 'cli',
    doctor,
    fastestBackend,
    access,
    // A command has one screen line to show progress in, and gives each run the whole processor.
    sideBySide: 1,
  })
}

async function useLab<Result>(session: Session, lab: Host, use: (lab: Host) => Promise<Result>): Promise<Result> {
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
