import { percent } from '../format.ts'
import { readDigit } from '../input/digit-image.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { prepareFor } from '../prepare.ts'

export async function predict(session: Session, run: string, files: readonly string[]): Promise<void> {
  const digits = files.map((file) => ({ file, pixels: readDigit(file) }))
  const results = await withLabForReading(session, async (lab) => {
    await prepareFor(lab, run)
    const answers = []
    for (const { file, pixels } of digits) {
      const { probabilities, microseconds } = (await lab.request('digits.predict', { runs: [run], pixels }))[0]!
      answers.push({ file, digit: probabilities.indexOf(Math.max(...probabilities)), probabilities, microseconds })
    }
    return answers
  })
  answer(session, results, () =>
    results
      .map(({ file, digit, probabilities, microseconds }) => {
        return `${file}: ${digit} (${percent(probabilities[digit]!)}, ${microseconds.toFixed(0)} µs)\n`
      })
      .join(''),
  )
}
