import type { Answer } from '#shared/contract/methods.ts'
import type { HandlersOf, HostContext } from '../context.ts'
import { requireDigit } from '../digit.ts'
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
    'digits.activations': async ({ run, pixels }) => {
      requireDigit(pixels)
      return askTrained(context, resolveRun(context.store.runs, run), async (network) => {
        const report = await context.inference.ask({ type: 'activations', network, pixels })
        return [...report.layers]
      })
    },
  }
}
