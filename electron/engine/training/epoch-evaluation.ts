import { SignumError } from '#shared/contract/errors.ts'
import type { Epoch } from '#shared/contract/runs.ts'
import { evaluate, type Evaluation } from './evaluation.ts'
import type { PreparedTraining } from './prepare.ts'

/** What the network can do after an epoch. */
export interface EpochEvaluation {
  readonly test: Evaluation
  /** On the images that are held out; null where none are. */
  readonly validation: Evaluation | null
}

/** The measures of an epoch's record that come from its evaluation. */
export type EvaluationRecord = Pick<Epoch, 'testLoss' | 'testAccuracy' | 'validationLoss' | 'validationAccuracy'>

/**
 * Evaluates the network on the images that are held out and on the test images.
 *
 * @param between as of `evaluate`; false ends the evaluation, which then returns null.
 * @throws SignumError `diverged` when a loss is no number.
 */
export async function evaluateEpoch(
  { network, dataset, heldOut, backend, session }: PreparedTraining,
  between: () => Promise<boolean>,
): Promise<EpochEvaluation | null> {
  const { operations } = backend
  const selection = { split: dataset.train, places: heldOut }
  const validation = heldOut && (await evaluate(network, dataset, operations, between, selection))
  if (heldOut && !validation) return null
  const test = await evaluate(network, dataset, operations, between)
  if (!test) return null
  requireFinite('validation', validation?.loss ?? 0, session.position.steps)
  requireFinite('test', test.loss, session.position.steps)
  return { test, validation }
}

/** What decides which epoch is the best. */
export function watched({ test, validation }: EpochEvaluation): Evaluation {
  return validation ?? test
}

export function evaluationRecord({ test, validation }: EpochEvaluation): EvaluationRecord {
  return {
    testLoss: test.loss,
    testAccuracy: test.accuracy,
    ...(validation && { validationLoss: validation.loss, validationAccuracy: validation.accuracy }),
  }
}

function requireFinite(what: string, loss: number, steps: number): void {
  if (Number.isFinite(loss)) return
  throw new SignumError(
    'diverged',
    `The ${what} loss is ${loss} after step ${steps}. Train again with a smaller learning rate.`,
  )
}
