import type { HandlersOf, HostContext } from '../context.ts'
import { requireDigit } from '../digit.ts'

/** Packed files answer without the lab's runs: they may come from another machine. */
export function packedHandlers({ inference }: HostContext): HandlersOf<'packed'> {
  return {
    'packed.predict': async ({ file, images }) => {
      images.forEach(requireDigit)
      const { answers } = await inference.ask({ type: 'predictPacked', file, images })
      return answers.map(({ probabilities, microseconds }) => ({ probabilities: [...probabilities], microseconds }))
    },

    'packed.evaluate': async ({ file, dataset, threads }) => {
      // A process of its own, as for `runs.evaluate`.
      const evaluation = await inference.alone((client) =>
        client.ask({ type: 'evaluatePacked', file, dataset, threads }),
      )
      const { testAccuracy, images, microsecondsPerImage } = evaluation
      return { testAccuracy, images, microsecondsPerImage }
    },
  }
}
