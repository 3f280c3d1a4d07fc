import { prepareEngine } from '#electron/setup/commands/prepare.ts'
import type { ResponseOf } from '#shared/contract/methods.ts'
import { classesOf } from '#shared/model/datasets.ts'
import { percent } from '../format.ts'
import { readDigit } from '../input/digit-image.ts'
import { namesPackedFile, readPackedFile } from '../input/packed.ts'
import { answer, withLabForReading, type Session } from '../session.ts'
import { prepareFor } from '../prepare.ts'

interface Answers {
  readonly answers: ResponseOf<'packed.predict'>
  /** What the ten values stand for. A packed file says nothing of its dataset: its classes are numbers. */
  readonly classes: readonly string[] | null
}
type Image = ReturnType<typeof readDigit>

/** Reads digits, or what else the network knows, by a run, or by a packed file. */
export async function predict(session: Session, trained: string, files: readonly string[]): Promise<void> {
  const images = files.map(readDigit)
  const { answers, classes } = await (namesPackedFile(trained) ? predictByFile : predictByRun)(session, trained, images)
  const results = answers.map(({ probabilities, microseconds }, index) => {
    const digit = probabilities.indexOf(Math.max(...probabilities))
    return { file: files[index]!, digit, probabilities, microseconds }
  })
  answer(session, results, () =>
    results
      .map(({ file, digit, probabilities, microseconds }) => {
        const name = classes === null || classes[digit] === String(digit) ? digit : `${digit}, ${classes[digit]}`
        return `${file}: ${name} (${percent(probabilities[digit]!)}, ${microseconds.toFixed(0)} µs)\n`
      })
      .join(''),
  )
}

function predictByRun(session: Session, run: string, images: readonly Image[]): Promise<Answers> {
  return withLabForReading(session, async (lab) => {
    const { dataset } = await prepareFor(lab, run)
    const answers = []
    for (const pixels of images) answers.push((await lab.request('digits.predict', { runs: [run], pixels }))[0]!)
    return { answers, classes: classesOf(dataset) }
  })
}

async function predictByFile(session: Session, path: string, images: Image[]): Promise<Answers> {
  const file = readPackedFile(path)
  await prepareEngine()
  return withLabForReading(session, async (lab) => ({
    answers: await lab.request('packed.predict', { file, images }),
    classes: null,
  }))
}
