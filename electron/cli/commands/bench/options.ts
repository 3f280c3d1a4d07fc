import { SignumError } from '#shared/contract/errors.ts'
import { validate } from '#shared/contract/validate.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'

export interface BenchOptions {
  readonly network?: string
  readonly threads?: number
  readonly batch?: number
  readonly steps?: number
  readonly rounds?: number
  readonly backend?: string
}

export type Measured = 'kernels' | 'train' | 'infer'

/** What each benchmark takes; another option would change nothing, and is refused for that. */
const TAKEN: Readonly<Record<Measured, readonly (keyof BenchOptions)[]>> = {
  kernels: ['threads', 'rounds', 'backend'],
  infer: ['network', 'threads', 'rounds', 'backend'],
  train: ['network', 'threads', 'batch', 'steps', 'backend'],
}

const SETTING_OF = { threads: 'threads', batch: 'batchSize', backend: 'backend' } as const

/** @throws SignumError `invalid_request` naming the benchmarks there are. */
export function measured(what: string): Measured {
  if (Object.hasOwn(TAKEN, what)) return what as Measured
  throw new SignumError(
    'invalid_request',
    `There is no benchmark "${what}". There are: ${Object.keys(TAKEN).join(', ')}.`,
  )
}

/**
 * The settings among the options.
 *
 * @throws SignumError `invalid_request` for an option of another benchmark, `invalid_settings` for an impossible value.
 */
export function benchSettings(what: Measured, options: BenchOptions): TrainingSettings {
  for (const [option, value] of Object.entries(options)) {
    if (value !== undefined && !TAKEN[what].includes(option as keyof BenchOptions)) {
      throw new SignumError('invalid_request', `"signum bench ${what}" takes no --${option}. Leave it out.`)
    }
  }
  const given = Object.entries(SETTING_OF).flatMap(([option, setting]) => {
    const value = options[option as keyof typeof SETTING_OF]
    return value === undefined ? [] : [[setting, value]]
  })
  try {
    return validate(trainingSettingsSchema, Object.fromEntries(given), 'invalid_settings')
  } catch (error) {
    throw inTermsOfOptions(error)
  }
}

function inTermsOfOptions(error: unknown): unknown {
  if (!(error instanceof SignumError)) return error
  const option = Object.entries(SETTING_OF).find(([, setting]) => error.place.field === setting)?.[0]
  if (!option) return error
  const message = error.message.replace(`"${error.place.field}"`, `--${option}`)
  return new SignumError(error.code, message, { place: error.place, cause: error })
}

/** @throws SignumError `invalid_settings` unless the option is a whole number from 1 to `most`. */
export function countOption(name: string, given: number | undefined, fallback: number, most: number): number {
  const count = given ?? fallback
  if (Number.isInteger(count) && count >= 1 && count <= most) return count
  throw new SignumError('invalid_settings', `--${name} must be a whole number from 1 to ${most} (it is ${count}).`)
}
