import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import type { RunDetail } from '#shared/contract/runs.ts'
import type { Lab } from '#shared/contract/lab.ts'

/**
 * Makes the engine ready for a run; the first time that can take a minute, so a run that is not there is told before.
 *
 * @returns the run.
 * @throws SignumError `run_not_found`.
 */
export async function prepareFor(lab: Lab, run: string): Promise<RunDetail> {
  const detail = await lab.request('runs.get', { id: run })
  await prepareEngine()
  return detail
}
