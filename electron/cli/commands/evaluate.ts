import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { ResponseOf } from '#shared/contract/methods.ts'
import { formatCount } from '#shared/format/numbers.ts'
import { parseRequest } from '#electron/host/router.ts'
import { percent } from '../format.ts'
import { namesPackedFile, readPackedFile } from '../input/packed.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { prepareFor } from '../prepare.ts'

export interface EvaluationOptions {
  readonly engine?: string
  readonly dataset?: string
  readonly threads?: number
}

/** Measures a run, or a packed file. */
export async function evaluate(session: Session, trained: string, options: EvaluationOptions): Promise<void> {
  const result = await (namesPackedFile(trained) ? evaluateFile : evaluateRun)(session, trained, options)
  answer(
    session,
    result,
    () =>
      `Test accuracy ${percent(result.testAccuracy)} on ${formatCount(result.images)} images, ${result.microsecondsPerImage.toFixed(1)} µs an image.\n`,
  )
}

function evaluateRun(
  session: Session,
  run: string,
  { dataset, ...options }: EvaluationOptions,
): Promise<ResponseOf<'runs.evaluate'>> {
  if (dataset !== undefined)
    throw new SignumError('invalid_request', 'A run is measured on the dataset it was trained on. Leave out --dataset.')
  const request = parseRequest('runs.evaluate', { id: run, ...options })
  return withLabForReading(session, async (lab) => {
    await prepareFor(lab, run)
    return lab.request('runs.evaluate', request)
  })
}

async function evaluateFile(
  session: Session,
  path: string,
  { engine, ...options }: EvaluationOptions,
): Promise<ResponseOf<'packed.evaluate'>> {
  if (engine !== undefined && engine !== 'packed')
    throw new SignumError(
      'invalid_request',
      `A packed file has no weights for the engine "${engine}". Leave out --engine.`,
    )
  const request = parseRequest('packed.evaluate', { file: readPackedFile(path), ...options })
  await prepareEngine()
  return withLabForReading(session, (lab) => lab.request('packed.evaluate', request))
}
