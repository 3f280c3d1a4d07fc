import { formatCount } from '#shared/format/numbers.ts'
import { parseRequest } from '#electron/host/router.ts'
import { percent } from '../format.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { prepareFor } from '../prepare.ts'

export async function evaluate(
  session: Session,
  run: string,
  options: { engine?: string; threads?: number },
): Promise<void> {
  const request = parseRequest('runs.evaluate', { id: run, ...options })
  const result = await withLabForReading(session, async (lab) => {
    await prepareFor(lab, run)
    return lab.request('runs.evaluate', request)
  })
  answer(
    session,
    result,
    () =>
      `Test accuracy ${percent(result.testAccuracy)} on ${formatCount(result.images)} images, ${result.microsecondsPerImage.toFixed(1)} µs an image.\n`,
  )
}
