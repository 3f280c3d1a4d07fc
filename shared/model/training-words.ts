import { isAugmenting } from './augmentation.ts'
import type { EarlyStoppingSettings } from './early-stopping.ts'
import { OPTIMIZER_TITLES } from './optimizers.ts'
import type { TrainingSettings } from './training.ts'

/** Such as "SGD, momentum 0.9". */
export function describeOptimizer({ optimizer }: Pick<TrainingSettings, 'optimizer'>): string {
  const title = OPTIMIZER_TITLES[optimizer.type]
  switch (optimizer.type) {
    case 'adam':
      return title
    case 'adamw':
      return `${title}, weight decay ${optimizer.weightDecay}`
    case 'sgd':
      if (optimizer.momentum === 0) return title
      return `${title}, ${optimizer.nesterov ? 'Nesterov momentum' : 'momentum'} ${optimizer.momentum}`
    case 'bop':
      return `${title}, gamma ${optimizer.gamma}, threshold ${optimizer.threshold}`
  }
}

/** Such as "0.001, cosine, warm-up 1 epoch". */
export function describeLearningRate(
  settings: Pick<TrainingSettings, 'learningRate' | 'schedule' | 'warmupEpochs'>,
): string {
  const { learningRate, schedule, warmupEpochs } = settings
  const parts = [String(learningRate)]
  if (schedule.type === 'step') parts.push(`times ${schedule.factor} every ${epochs(schedule.everyEpochs)}`)
  if (schedule.type === 'cosine')
    parts.push(schedule.finalShare > 0 ? `cosine to ${schedule.finalShare} of it` : 'cosine')
  if (warmupEpochs > 0) parts.push(`warm-up ${epochs(warmupEpochs)}`)
  return parts.join(', ')
}

/** Such as "Patience 5 epochs, test loss". */
export function describeEarlyStopping(settings: Pick<TrainingSettings, 'earlyStopping' | 'validation'>): string {
  const { earlyStopping } = settings
  if (!earlyStopping) return 'Off'
  const { patience, monitor, minDelta } = earlyStopping
  const measure = watchedMeasure(monitor, settings)
  return `Patience ${epochs(patience)}, ${measure}${minDelta > 0 ? `, at least ${minDelta}` : ''}`
}

/** What early stopping watches, such as "validation loss". */
export function watchedMeasure(
  monitor: EarlyStoppingSettings['monitor'],
  { validation }: Pick<TrainingSettings, 'validation'>,
): string {
  return `${validation > 0 ? 'validation' : 'test'} ${monitor}`
}

/** Such as "10 % held out". */
export function describeValidation({ validation }: Pick<TrainingSettings, 'validation'>): string {
  return validation > 0 ? `${Number((100 * validation).toPrecision(6))} % held out` : 'None'
}

/** Such as "Shift 2 px, rotation 10°". */
export function describeAugmentation({ augmentation }: Pick<TrainingSettings, 'augmentation'>): string {
  if (!isAugmenting(augmentation)) return 'Off'
  const { shift, rotation, elastic } = augmentation
  const parts = [
    shift > 0 ? `shift ${shift} px` : '',
    rotation > 0 ? `rotation ${rotation}°` : '',
    elastic > 0 ? `elastic ${elastic} px` : '',
  ].filter(Boolean)
  return parts.join(', ').replace(/^./, (letter) => letter.toUpperCase())
}

function epochs(count: number): string {
  return count === 1 ? '1 epoch' : `${count} epochs`
}
