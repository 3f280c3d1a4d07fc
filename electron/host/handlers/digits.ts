import { SignumError } from '#shared/contract/errors.ts'
import { DIGIT_SIDE, type Answer } from '#shared/contract/methods.ts'
import type { HandlersOf, HostContext } from '../context.ts'
import { resolveRun } from '../ids.ts'
import { askTrained } from '../runs/trained-network.ts'

export function digitHandlers(context: HostContext): HandlersOf<'digits'> {
  return {
    'digits.predict': async ({ runs, pixels }) => {
      requireDigit(pixels)
      const ids = runs.map((id) => resolveRun(context.store.runs, id))
      const answers: Answer[] = []
      for (const id of ids) {
        answers.push(
          await askTrained(context, id, async (network) => {
            const report = await context.inference.ask({ type: 'predict', networks: [network], pixels })
            return report.answers[0]!
          }),
        )
      }
      return answers
    },
  }
}

function requireDigit(pixels: Uint8Array): void {
  const size = DIGIT_SIDE * DIGIT_SIDE
  if (pixels.length !== size) {
    throw new SignumError('invalid_image', `A digit has ${size} pixels (28×28), not ${pixels.length}.`)
  }
  if (pixels.every((value) => value === 0)) {
    throw new SignumError('blank_image', 'The image is blank. Draw a digit first.')
  }
}
