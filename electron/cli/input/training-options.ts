import { SignumError } from '#shared/contract/errors.ts'
import { DIGIT_AUGMENTATION } from '#shared/model/augmentation.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { parseAmounts } from './amounts.ts'

/** Settings that were given as options; what is absent comes from the network. */
export interface TrainingOptions {
  readonly epochs?: number
  readonly batch?: number
  readonly lr?: number
  readonly seed?: number
  readonly limit?: number
  readonly validation?: number
  readonly threads?: number
  readonly backend?: string
  readonly dataset?: string
  readonly optimizer?: string
  readonly momentum?: number
  readonly nesterov?: boolean
  readonly weightDecay?: number
  readonly gamma?: number
  readonly threshold?: number
  readonly schedule?: string
  readonly everyEpochs?: number
  readonly factor?: number
  readonly finalShare?: number
  readonly warmup?: number
  readonly earlyStopping?: number
  readonly monitor?: string
  readonly minDelta?: number
  /** `true` where it stands alone. */
  readonly augment?: string | true
}

/** Options by the settings they set, so that a refusal can name the option. */
const OPTION_OF: Readonly<Record<string, string>> = {
  epochs: 'epochs',
  batchSize: 'batch',
  learningRate: 'lr',
  seed: 'seed',
  limit: 'limit',
  validation: 'validation',
  repeats: 'repeats',
  threads: 'threads',
  backend: 'backend',
  dataset: 'dataset',
  'optimizer.type': 'optimizer',
  'optimizer.momentum': 'momentum',
  'optimizer.nesterov': 'nesterov',
  'optimizer.weightDecay': 'weight-decay',
  'optimizer.gamma': 'gamma',
  'optimizer.threshold': 'threshold',
  'schedule.type': 'schedule',
  'schedule.everyEpochs': 'every-epochs',
  'schedule.factor': 'factor',
  'schedule.finalShare': 'final-share',
  warmupEpochs: 'warmup',
  'earlyStopping.patience': 'early-stopping',
  'earlyStopping.monitor': 'monitor',
  'earlyStopping.minDelta': 'min-delta',
  'augmentation.shift': 'augment shift',
  'augmentation.rotation': 'augment rotation',
  'augmentation.elastic': 'augment elastic',
}

/**
 * The network's settings with what the options say in their place, still to be validated.
 *
 * @throws SignumError `invalid_settings` for an option that means nothing beside the others.
 */
export function withOptions(settings: TrainingSettings, options: TrainingOptions): object {
  const { epochs, batch, lr, seed, limit, validation, threads, backend, dataset, warmup } = options
  const { momentum, nesterov, weightDecay, gamma, threshold, everyEpochs, factor, finalShare } = options
  const plain = { epochs, batchSize: batch, learningRate: lr, seed, limit, validation, threads, backend, dataset }
  return {
    ...settings,
    ...given({ ...plain, warmupEpochs: warmup }),
    optimizer: chosen('optimizer', settings.optimizer, options.optimizer, {
      sgd: { momentum, nesterov },
      adamw: { weightDecay },
      bop: { gamma, threshold },
    }),
    schedule: chosen('schedule', settings.schedule, options.schedule, {
      step: { everyEpochs, factor },
      cosine: { finalShare },
    }),
    earlyStopping: earlyStopping(settings.earlyStopping, options),
    augmentation: options.augment === undefined ? settings.augmentation : augmentation(options.augment),
  }
}

/** The error with the option's name in place of the setting's. */
export function inTermsOfOptions(error: unknown): unknown {
  if (!(error instanceof SignumError)) return error
  const { field } = error.place
  const option = field && OPTION_OF[field.replace(/^settings\./, '')]
  if (!option) return error
  return new SignumError(error.code, error.message.replace(`"${field}"`, `--${option}`), {
    place: error.place,
    cause: error,
  })
}

function given(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/**
 * One of several kinds with settings of their own. Those that the network has stay, unless another kind is asked for.
 *
 * @param own by kind, what options say about its settings.
 */
function chosen(
  what: 'optimizer' | 'schedule',
  current: { readonly type: string },
  asked: string | undefined,
  own: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): object {
  const type = asked ?? current.type
  for (const [kind, values] of Object.entries(own)) {
    const stray = Object.keys(given(values))[0]
    if (!stray || kind === type) continue
    throw new SignumError(
      'invalid_settings',
      `--${OPTION_OF[`${what}.${stray}`]} belongs to --${what} ${kind}, not to ${type}. Add --${what} ${kind}, or leave it out.`,
      { place: { field: `settings.${what}` } },
    )
  }
  return { ...(type === current.type ? current : { type }), ...given(own[type] ?? {}) }
}

function earlyStopping(
  current: TrainingSettings['earlyStopping'],
  { earlyStopping: patience, monitor, minDelta }: TrainingOptions,
): object | null {
  const refined = given({ monitor, minDelta })
  const isRefined = Object.keys(refined).length > 0
  if (patience === undefined ? current === null : patience === 0) {
    if (!isRefined) return null
    throw new SignumError(
      'invalid_settings',
      '--monitor and --min-delta belong to early stopping. Add --early-stopping with a number of epochs.',
      { place: { field: 'settings.earlyStopping' } },
    )
  }
  return { ...current, ...given({ patience }), ...refined }
}

function augmentation(text: string | true): object {
  if (text === true) return DIGIT_AUGMENTATION
  return text.trim() === 'off' ? {} : parseAmounts('augment', text, Object.keys(DIGIT_AUGMENTATION))
}
