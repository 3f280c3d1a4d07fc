import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { parseRequest } from '#electron/host/router.ts'
import { checkTraining } from '#shared/model/training-check.ts'
import type { RequestOf } from '#shared/contract/methods.ts'
import { followRuns } from '../follow-runs.ts'
import { reportGroup } from '../group-report.ts'
import { findNetwork, namesFile, readNetworkFile, unknownPreset, type NamedNetwork } from '../input/network.ts'
import { inTermsOfOptions, withOptions, type TrainingOptions } from '../input/training-options.ts'
import { withLab, type Session } from '../session.ts'
import { reportTraining } from '../training-report.ts'

export interface TrainOptions extends TrainingOptions {
  readonly name?: string
  /** Runs to train, each with the next seed. */
  readonly repeats?: number
}

/** @returns the exit code: 1 where some runs of a group did not finish. */
export async function train(session: Session, network: string, options: TrainOptions): Promise<number> {
  // Read before the lab is opened: a file that is no network needs no database to say so.
  const fromFile = namesFile(network) ? readNetworkFile(network) : null
  return withLab(session, async (lab) => {
    const request = makeRequest(fromFile ?? (await lookUp(lab, network)), options)
    await prepareEngine()
    const runs = await followRuns(session, lab, () => lab.request('runs.start', request))
    if (runs.length > 1) return reportGroup(session, runs)
    reportTraining(session, runs[0]!)
    return 0
  })
}

async function lookUp(lab: Lab, name: string): Promise<NamedNetwork> {
  const networks = await lab.request('networks.list', {})
  const found = findNetwork(name, networks)
  if (!found) throw unknownPreset(name, networks)
  return found
}

/**
 * What the lab is asked for. Checked here as the lab will check it, so that nobody waits for an engine to be prepared
 * only to read of a mistake.
 */
function makeRequest({ spec, settings }: NamedNetwork, options: TrainOptions): RequestOf<'runs.start'> {
  try {
    const request = parseRequest('runs.start', {
      spec,
      settings: withOptions(settings, options),
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.repeats === undefined ? {} : { repeats: options.repeats }),
    })
    checkTraining(request.spec, request.settings)
    return request
  } catch (error) {
    throw inTermsOfOptions(error)
  }
}
