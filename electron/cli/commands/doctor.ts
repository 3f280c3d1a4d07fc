import type { DoctorCheck } from '#shared/contract/methods.ts'
import { doctor as examine } from '#electron/setup/doctor.ts'
import { prepareFastestBackend } from '#electron/setup/fastest-backend.ts'
import { answer, type Session } from '../session.ts'

const MARKS: Readonly<Record<DoctorCheck['status'], string>> = { ok: '✓', warning: '!', missing: '✗' }

export interface DoctorOptions {
  readonly measure?: boolean
}

/** Needs no data folder, so that it can also tell what is wrong with one. */
export async function doctor(session: Session, { measure }: DoctorOptions = {}): Promise<void> {
  if (measure) await prepareFastestBackend(true)
  const checks = await examine()
  answer(session, checks, () => {
    const width = Math.max(...checks.map(({ label }) => label.length))
    return checks.map(({ status, label, detail }) => `${MARKS[status]} ${label.padEnd(width)}  ${detail}\n`).join('')
  })
}
