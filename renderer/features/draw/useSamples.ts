import { ref } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { useDatasetsStore } from '../../stores/datasets.ts'
import { useLabStore } from '../../stores/lab.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** The images that people draw after. */
const DATASET = 'mnist'
/** One image in ten shows the digit wanted; this many tries miss it once in a thousand million million times. */
const MOST_TRIES = 330

export interface Sample {
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly index: number
  readonly label: number
}

/** Random images of the test set, of one digit or of any. */
export function useSamples(onSample: (sample: Sample) => void) {
  const lab = useLabStore()
  const datasets = useDatasetsStore()
  const toasts = useToastsStore()
  const busy = ref(false)

  async function take(digit: number | null): Promise<Sample | null> {
    const count = datasets.find(DATASET)?.testImages ?? 10_000
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const index = Math.floor(Math.random() * count)
      const { pixels, label } = await lab.request('datasets.sample', { dataset: DATASET, split: 'test', index })
      if (digit === null || label === digit) return { pixels, index, label }
    }
    return null
  }

  /** Fetches a random test image, of `digit` if one is given. */
  async function load(digit: number | null): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      const sample = await take(digit)
      if (sample) onSample(sample)
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { tone: 'danger' })
    } finally {
      busy.value = false
    }
  }

  return { busy, load }
}
