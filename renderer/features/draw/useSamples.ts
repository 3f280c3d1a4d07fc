import { ref, type Ref } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { useDatasetsStore } from '../../stores/datasets.ts'
import { useLabStore } from '../../stores/lab.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** One image in ten is of the class wanted; this many tries miss it once in a thousand million million times. */
const MOST_TRIES = 330

export interface Sample {
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly index: number
  readonly label: number
  readonly dataset: string
}

/** Random images of a dataset's test set, of one class or of any. */
export function useSamples(dataset: Readonly<Ref<string>>, onSample: (sample: Sample) => void) {
  const lab = useLabStore()
  const datasets = useDatasetsStore()
  const toasts = useToastsStore()
  const busy = ref(false)

  async function take(label: number | null): Promise<Sample | null> {
    const name = dataset.value
    const count = datasets.find(name)?.testImages ?? 10_000
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const index = Math.floor(Math.random() * count)
      const sample = await lab.request('datasets.sample', { dataset: name, split: 'test', index })
      if (label === null || sample.label === label) return { ...sample, index, dataset: name }
    }
    return null
  }

  /** Fetches a random test image, of the class `label` if one is given. */
  async function load(label: number | null): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      const sample = await take(label)
      if (sample) onSample(sample)
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { tone: 'danger' })
    } finally {
      busy.value = false
    }
  }

  return { busy, load }
}
