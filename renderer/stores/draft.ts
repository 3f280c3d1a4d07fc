import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { toErrorMessage, type ErrorMessage } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import type { LayerType } from '#shared/model/layers/index.ts'
import { SPEC_SCHEMA, type LayerSpec, type NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { analyseDraft, nameProblem, settingsProblems } from '../editing/draft.ts'
import * as edit from '../editing/layers.ts'
import { useDatasetsStore } from './datasets.ts'
import { useNetworksStore } from './networks.ts'
import { useRunsStore } from './runs.ts'

const INPUT = { height: 28, width: 28, channels: 1 }

/** The network on the bench in Build, with the settings it would be trained with. */
export const useDraftStore = defineStore('draft', () => {
  const datasets = useDatasetsStore()
  const networks = useNetworksStore()
  const runs = useRunsStore()

  /** The network this one began as. */
  const origin = shallowRef<Network | null>(null)
  const name = ref('')
  const input = shallowRef<NetworkSpec['input']>(INPUT)
  const layers = shallowRef<readonly LayerSpec[]>([])
  const settings = shallowRef<TrainingSettings>(trainingSettingsSchema.parse({}))
  const selectedId = ref<string | null>(null)
  /** What the lab said when it refused to save or start this. */
  const refusal = shallowRef<ErrorMessage | null>(null)
  const busy = ref(false)

  const spec = computed<NetworkSpec>(() => ({
    schema: SPEC_SCHEMA,
    name: name.value.trim(),
    input: input.value,
    layers: [...layers.value],
  }))
  const dataset = computed(() => datasets.find(settings.value.dataset))
  const analysis = computed(() => analyseDraft(spec.value, dataset.value?.classes.length))
  const nameError = computed(() => nameProblem(name.value))
  const settingsErrors = computed(() => {
    const refused = refusal.value?.field?.replace(/^settings\./, '')
    const fromLab = refused && refused in settings.value ? { [refused]: refusal.value!.message } : {}
    return { ...fromLab, ...settingsProblems(settings.value, dataset.value) }
  })
  const isSound = computed(
    () => !nameError.value && analysis.value.problems.length === 0 && Object.keys(settingsErrors.value).length === 0,
  )
  const isChanged = computed(
    () =>
      origin.value !== null &&
      JSON.stringify([spec.value, settings.value]) !== JSON.stringify([origin.value.spec, origin.value.settings]),
  )

  function load(value: NetworkSpec, training: TrainingSettings): void {
    name.value = value.name
    input.value = value.input
    layers.value = value.layers
    settings.value = training
    selectedId.value = null
    refusal.value = null
  }

  /** Puts a preset or a saved network on the bench. */
  function open(network: Network): void {
    origin.value = network
    load(network.spec, network.settings)
  }

  /** Keeps what is on the bench; returns the way to put it back. */
  function keep(): () => void {
    const kept = { origin: origin.value, spec: spec.value, settings: settings.value, selectedId: selectedId.value }
    return () => {
      load(kept.spec, kept.settings)
      origin.value = kept.origin
      selectedId.value = kept.selectedId
    }
  }

  /** Puts the network of a run on the bench, to change it and train it again. */
  function openSpec(value: NetworkSpec, training: TrainingSettings): void {
    origin.value = null
    load(value, training)
  }

  function change(next: readonly LayerSpec[]): void {
    layers.value = next
    refusal.value = null
  }

  function add(type: LayerType): void {
    const layer = edit.newLayer(type, layers.value)
    change(edit.insertLayer(layers.value, layer, selectedId.value))
    selectedId.value = layer.id
  }

  function duplicate(id: string): void {
    const { layers: next, copy } = edit.duplicateLayer(layers.value, id)
    change(next)
    if (copy) selectedId.value = copy.id
  }

  /** Takes a layer out and selects its neighbour; returns the way to put it back. */
  function remove(id: string): () => void {
    const before = layers.value
    const index = before.findIndex((layer) => layer.id === id)
    change(edit.removeLayer(before, id))
    selectedId.value = (layers.value[index] ?? layers.value[index - 1])?.id ?? null
    return () => {
      change(before)
      selectedId.value = id
    }
  }

  function setSetting<Key extends keyof TrainingSettings>(key: Key, value: TrainingSettings[Key]): void {
    settings.value = { ...settings.value, [key]: value }
    refusal.value = null
    const chosen = key === 'dataset' ? datasets.find(String(value)) : undefined
    if (chosen) input.value = { height: chosen.height, width: chosen.width, channels: chosen.channels }
  }

  /** Runs `work`; what the lab refuses is shown where it belongs. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    if (busy.value) return null
    busy.value = true
    refusal.value = null
    try {
      return await work()
    } catch (error) {
      refusal.value = toErrorMessage(error)
      if (refusal.value.layerId) selectedId.value = refusal.value.layerId
      return null
    } finally {
      busy.value = false
    }
  }

  /** Starts a run of this network; null if it was refused. */
  const start = () => attempt(() => runs.start(spec.value, settings.value))

  /** Saves this network under `as`; null if it was refused. */
  async function save(as: string): Promise<Network | null> {
    const network = await attempt(() => networks.save({ ...spec.value, name: as.trim() }, settings.value))
    if (network) open(network)
    return network
  }

  return {
    origin,
    name,
    layers,
    settings,
    selectedId,
    selected: computed(() => layers.value.find(({ id }) => id === selectedId.value) ?? null),
    refusal,
    busy,
    spec,
    input,
    dataset,
    analysis,
    nameError,
    settingsErrors,
    isSound,
    isChanged,
    open,
    openSpec,
    keep,
    add,
    duplicate,
    remove,
    move: (id: string, by: -1 | 1) => change(edit.moveLayer(layers.value, id, by)),
    setParameter: (id: string, key: string, value: unknown) => change(edit.setParameter(layers.value, id, key, value)),
    setSetting,
    start,
    save,
  }
})
