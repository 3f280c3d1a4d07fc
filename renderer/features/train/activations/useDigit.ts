import { ref, shallowRef, watch } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { LayerActivation } from '#shared/contract/activations.ts'
import type { RunSummary } from '#shared/contract/runs.ts'
import { LatestRequest } from '../../../drawing/latest.ts'
import { useLabStore } from '../../../stores/lab.ts'

/** A test image, and what a run's layers make of it; asked anew after each epoch. */
export function useDigit(run: () => Pick<RunSummary, 'id' | 'dataset' | 'epochsDone'>) {
  const lab = useLabStore()
  const label = ref(0)
  /** Which of the images of this class. */
  const turn = ref(0)
  const pixels = shallowRef<Uint8Array<ArrayBuffer> | null>(null)
  const layers = shallowRef<readonly LayerActivation[] | null>(null)
  const problem = ref<string | null>(null)
  /** There are no weights to ask. */
  const isUntrained = ref(false)
  let labels: { readonly dataset: string; readonly values: Uint8Array } | null = null

  interface Question {
    readonly run: string
    readonly dataset: string
    readonly label: number
    readonly turn: number
  }

  const question = new LatestRequest<Question, { pixels: Uint8Array<ArrayBuffer>; layers: LayerActivation[] }>({
    async send(asked) {
      const index = await findImage(asked)
      const sample = await lab.request('datasets.sample', { dataset: asked.dataset, split: 'test', index })
      const answer = await lab.request('digits.activations', { run: asked.run, pixels: sample.pixels })
      return { pixels: sample.pixels, layers: answer }
    },
    receive(answer, asked) {
      if (asked.run !== run().id) return
      pixels.value = answer.pixels
      layers.value = answer.layers
      problem.value = null
      isUntrained.value = false
    },
    fail(error) {
      const { code, message } = toErrorMessage(error)
      layers.value = null
      problem.value = message
      isUntrained.value = code === 'run_not_usable' && run().epochsDone === 0
    },
  })

  async function findImage(asked: Question): Promise<number> {
    if (labels?.dataset !== asked.dataset) {
      const { labels: values } = await lab.request('datasets.labels', { dataset: asked.dataset, split: 'test' })
      labels = { dataset: asked.dataset, values }
    }
    const found = [...labels.values.keys()].filter((index) => labels!.values[index] === asked.label)
    return found[asked.turn % found.length] ?? 0
  }

  const ask = () => question.submit({ run: run().id, dataset: run().dataset, label: label.value, turn: turn.value })
  // What one run makes of the image is nothing of another's.
  watch(
    () => run().id,
    () => (layers.value = null),
  )
  watch([() => run().id, () => run().epochsDone, label, turn], ask, { immediate: true })

  return { label, pixels, layers, problem, isUntrained, another: () => (turn.value += 1), ask }
}
