import { formatPercent } from '#shared/format/numbers.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { watchedMeasure } from '#shared/model/training-words.ts'
import type { Evaluation } from './evaluation.ts'

/** How a training came to its end. */
export interface Ending {
  readonly settings: Pick<TrainingSettings, 'epochs' | 'earlyStopping' | 'validation'>
  /** The base rate at the end, which may have been changed by hand. */
  readonly learningRate: number
  readonly classes: number
  readonly epochsDone: number
  /** The epoch whose weights were kept where that was chosen by early stopping. */
  readonly keptEpoch: number | null
  /** On the test images, of the weights that were kept; null when nothing was trained since the last checkpoint. */
  readonly evaluation: Measured | null
  /** The same after every epoch that was trained since then. */
  readonly evaluations: ReadonlyMap<number, Measured>
}

type Measured = Pick<Evaluation, 'loss' | 'accuracy'>

/** A network that keeps less than this share of the accuracy it once had has lost what it learned. */
const COLLAPSED = 0.5

/** What should be known of a run that has finished, in whole sentences; null where there is nothing unusual. */
export function concludingRemark(ending: Ending): string | null {
  return (
    [earlyEnd(ending), highLoss(ending) ?? collapse(ending)].filter((sentence) => sentence !== null).join(' ') || null
  )
}

function earlyEnd({ settings, epochsDone, keptEpoch }: Ending): string | null {
  const { epochs, earlyStopping } = settings
  if (!earlyStopping || keptEpoch === null) return null
  const measure = watchedMeasure(earlyStopping.monitor, settings)
  const kept = `It has the weights of epoch ${keptEpoch}, the best by ${measure}.`
  if (epochsDone < epochs) {
    const waited = epochsDone - keptEpoch
    const since = waited === 1 ? 'for an epoch' : `for ${waited} epochs`
    return `Stopped early after epoch ${epochsDone} of ${epochs}: the ${measure} had not improved ${since}. ${kept}`
  }
  return keptEpoch < epochsDone ? kept : null
}

/** Answering every image with the same probability for each class has the loss ln(classes). */
function highLoss({ learningRate, classes, evaluation }: Ending): string | null {
  const guessing = Math.log(classes)
  if (!evaluation || evaluation.loss <= guessing) return null
  const [loss, guess] = [evaluation.loss, guessing].map((value) => value.toPrecision(3).replace(/e\+/, 'e'))
  return `The test loss of ${loss} is worse than that of guessing, ${guess}. The learning rate of ${learningRate} is probably too large.`
}

/** Dead units answer every image alike: the loss is then just that of guessing, and says nothing by itself. */
function collapse({ learningRate, evaluation, evaluations }: Ending): string | null {
  if (!evaluation) return null
  const [epoch, best] = [...evaluations].reduce<[number, number]>(
    (highest, [number, { accuracy }]) => (accuracy > highest[1] ? [number, accuracy] : highest),
    [0, 0],
  )
  if (evaluation.accuracy >= COLLAPSED * best) return null
  return `The test accuracy fell from ${formatPercent(best)} after epoch ${epoch} to ${formatPercent(evaluation.accuracy)}. The learning rate of ${learningRate} is probably too large.`
}
