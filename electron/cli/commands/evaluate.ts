import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import type { RequestOf } from '#shared/contract/methods.ts'
import { grouped, percent } from '../format.ts'
import { answer, withLabForReading, type Session } from '../session.ts'

export async function evaluate(
  session: Session,
  run: string,
  options: { engine?: string; threads?: number },
): Promise<void> {
  const request = { id: run, ...options } as RequestOf<'runs.evaluate'>
  const result = await withLabForReading(session, async (lab) => {
    await prepareEngine()
    return lab.request('runs.evaluate', request)
  })
  answer(
    session,
    result,
    () =>
      `Test accuracy ${percent(result.testAccuracy)} on ${grouped(result.images)} images, ${result.microsecondsPerImage.toFixed(1)} µs an image.\n`,
  )
}
