import { shallowReactive, watchEffect, type Ref } from 'vue'
import { LIMITS } from '#shared/model/limits.ts'
import { requireDataset } from '#shared/model/datasets.ts'
import { useLabStore } from '../../../stores/lab.ts'

/** Pixels of test images by their index, fetched when they are first wanted and kept while the section is open. */
export function useTestImages(dataset: Ref<string>, wanted: Ref<readonly number[]>) {
  const lab = useLabStore()
  const images = shallowReactive(new Map<number, Uint8Array>())
  const asked = new Set<string>()

  async function fetch(name: string, indices: readonly number[]): Promise<void> {
    const { height, width, channels } = requireDataset(name)
    const size = height * width * channels
    const { pixels } = await lab.request('datasets.samples', { dataset: name, split: 'test', indices: [...indices] })
    if (dataset.value !== name) return
    indices.forEach((index, place) => images.set(index, pixels.slice(place * size, (place + 1) * size)))
  }

  watchEffect(() => {
    const name = dataset.value
    const missing = wanted.value.filter((index) => !asked.has(`${name} ${index}`)).slice(0, LIMITS.samples)
    if (missing.length === 0) return
    for (const index of missing) asked.add(`${name} ${index}`)
    fetch(name, missing).catch(() => {
      // The frames stay empty; the next time they are wanted they are asked for again.
      for (const index of missing) asked.delete(`${name} ${index}`)
    })
  })
  return images
}
