import { computed, ref } from 'vue'
import type { WeightMode } from '#shared/contract/snapshots.ts'
import type { WatchedLayer } from '#shared/snapshots/format.ts'
import type { Scope } from '../../../weights/paint.ts'

/** Which of the watched layers is shown, and how: what the person chose where the layer has it. */
export function useShownLayer(layers: () => readonly WatchedLayer[]) {
  const chosenLayer = ref<string | null>(null)
  const layer = computed(() => layers().find(({ id }) => id === chosenLayer.value) ?? layers()[0] ?? null)
  const layerId = computed({ get: () => layer.value?.id ?? '', set: (id) => (chosenLayer.value = id) })

  const chosenMode = ref<WeightMode>('signs')
  const mode = computed<WeightMode>({
    get: () => (layer.value?.binary ? chosenMode.value : 'latents'),
    set: (value) => (chosenMode.value = value),
  })
  const scope = ref<Scope>('layer')

  return { layer, layerId, mode, scope }
}
