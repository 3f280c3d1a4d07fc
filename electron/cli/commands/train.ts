import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { parseRequest } from '#electron/host/router.ts'
import { planTraining } from '#shared/model/plan.ts'
import type { RequestOf } from '#shared/contract/methods.ts'
import { followRun } from '../follow-run.ts'
import { findNetwork, namesFile, readNetworkFile, unknownPreset, type NamedNetwork } from '../input/network.ts'
import { withLab, type Session } from '../session.ts'
import { reportTraining } from '../training-report.ts'

/** Settings that were given as options; what is absent comes from the network. */
export interface TrainOptions {
  readonly name?: string
  readonly epochs?: number
  readonly batch?: number
  readonly lr?: number
  readonly seed?: number
  readonly limit?: number
  readonly threads?: number
  readonly backend?: string
  readonly dataset?: string
}

/** Which option sets which setting, so that a refusal can name the option. */
const SETTING_OF = {
  epochs: 'epochs',
  batch: 'batchSize',
  lr: 'learningRate',
  seed: 'seed',
  limit: 'limit',
  threads: 'threads',
  backend: 'backend',
  dataset: 'dataset',
} as const

export async function train(session: Session, network: string, options: TrainOptions): Promise<void> {
  // Read before the lab is opened: a file that is no network needs no database to say so.
  const fromFile = namesFile(network) ? readNetworkFile(network) : null
  await withLab(session, async (lab) => {
    const request = makeRequest(fromFile ?? (await lookUp(lab, network)), options)
    await prepareEngine()
    reportTraining(session, await followRun(session, lab, () => lab.request('runs.start', request)))
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
  const chosen = Object.entries(SETTING_OF).flatMap(([option, setting]) => {
    const value = options[option as keyof typeof SETTING_OF]
    return value === undefined ? [] : [[setting, value]]
  })
  try {
    const request = parseRequest('runs.start', {
      spec,
      settings: { ...settings, ...Object.fromEntries(chosen) },
      ...(options.name === undefined ? {} : { name: options.name }),
    })
    planTraining(request.spec, request.settings)
    return request
  } catch (error) {
    throw inTermsOfOptions(error)
  }
}

function inTermsOfOptions(error: unknown): unknown {
  if (!(error instanceof SignumError)) return error
  const option = Object.entries(SETTING_OF).find(([, setting]) => error.place.field === `settings.${setting}`)?.[0]
  if (!option) return error
  return new SignumError(error.code, error.message.replace(`"${error.place.field}"`, `--${option}`), {
    place: error.place,
    cause: error,
  })
}
