import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { toErrorMessage, type ErrorMessage } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import type { RunSummary } from '#shared/contract/runs.ts'
import type { NetworkProblem } from '#shared/model/problem.ts'
import { applyRepair } from '#shared/model/apply-repair.ts'
import { describeRepair } from '#shared/model/repair.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { findLayer } from '#shared/model/tree.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { isBinary, twinOf } from '#shared/model/twin.ts'
import { EMPTY_DOCUMENT, toDocument } from '../editing/document.ts'
import { startHistory } from '../editing/history.ts'
import { changedLayers, select, selectAll } from '../editing/selection.ts'
import { useBench } from '../editing/useBench.ts'
import { useDraftProblems } from '../editing/useDraftProblems.ts'
import { useLayerEditing } from '../editing/useLayerEditing.ts'
import { nameSetting, type Edited } from '../editing/words.ts'
import { useDatasetsStore } from './datasets.ts'
import { useNetworksStore } from './networks.ts'
import { useRunsStore } from './runs.ts'

/** The network on the bench in Build, with the settings it would be trained with. */
export const useDraftStore = defineStore('draft', () => {
  const datasets = useDatasetsStore()
  const networks = useNetworksStore()
  const runs = useRunsStore()

  /** Runs that Start makes, each with the next seed: said anew for every network, and no part of it. */
  const repeats = ref<number | null>(1)
  const bench = useBench(() => (repeats.value = 1))
  const { origin, history, selection, document, layers, spec, change, put } = bench
  const busy = ref(false)
  /** What the lab said when it refused to save or start this; it holds until something is changed. */
  const refusal = shallowRef<ErrorMessage | null>(null)
  watch(history, () => (refusal.value = null), { flush: 'sync' })

  const settings = computed(() => document.value.settings)
  const dataset = computed(() => datasets.find(settings.value.dataset))
  const problems = useDraftProblems({ document, spec, dataset, repeats, refusal })
  const editing = useLayerEditing(layers, selection, (label, next, burst) => change(label, { layers: next }, burst))

  const begin = (from: Network | null, value: NetworkSpec, training: TrainingSettings) =>
    put({ origin: from, history: startHistory(toDocument(value, training)) })

  /** Does what the problem's repair says, in one step. */
  function repair({ layerId, repair: remedy }: NetworkProblem): void {
    if (!remedy || !layerId) return
    const before = layers.value
    const label = describeRepair(remedy)
    change(label[0]!.toLowerCase() + label.slice(1), { layers: applyRepair(before, layerId, remedy) })
    selection.value = selectAll(changedLayers(before, layers.value))
  }

  function setSetting<Key extends keyof TrainingSettings>(key: Key, value: TrainingSettings[Key], how?: Edited): void {
    const chosen = key === 'dataset' ? datasets.find(String(value)) : undefined
    const input = chosen ? { height: chosen.height, width: chosen.width, channels: chosen.channels } : null
    const next = { ...settings.value, [key]: value }
    const { label, burst } = nameSetting(key, how)
    change(label, { settings: next, ...(input ? { input } : {}) }, burst && `settings.${burst}`)
  }

  /** Turns this network into its twin, in one step. Throws SignumError `not_supported` where there is none. */
  function makeTwin(): void {
    const twin = twinOf(spec.value)
    change(isBinary(twin) ? 'make it binary' : 'make it full precision', { name: twin.name, layers: twin.layers })
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
      if (refusal.value.layerId) selection.value = select(refusal.value.layerId)
      return null
    } finally {
      busy.value = false
    }
  }

  /** Starts this network and its twin with the same settings, and so the same seed and order of images. */
  function startBoth(): Promise<readonly RunSummary[] | null> {
    return attempt(async () => {
      const training = { settings: settings.value, repeats: repeats.value ?? 1 }
      return runs.startTogether([spec.value, twinOf(spec.value)].map((network) => ({ spec: network, ...training })))
    })
  }

  /** Saves this network under `as`; null if it was refused. What was done to it can still be undone. */
  async function save(as: string): Promise<Network | null> {
    const network = await attempt(() => networks.save({ ...spec.value, name: as.trim() }, settings.value))
    if (!network) return null
    origin.value = network
    change('rename the network', { name: network.spec.name })
    return network
  }

  return {
    ...bench,
    ...problems,
    ...editing,
    refusal,
    busy,
    repeats,
    settings,
    dataset,
    input: computed(() => document.value.input),
    isBinary: computed(() => isBinary(spec.value)),
    name: computed({
      get: () => document.value.name,
      set: (name: string) => change('rename the network', { name }, 'name'),
    }),
    /** The layer that the inspector shows. */
    selectedId: computed({ get: () => selection.value.active, set: (id) => (selection.value = select(id)) }),
    active: computed(() =>
      selection.value.active === null ? null : (findLayer(layers.value, selection.value.active) ?? null),
    ),
    repair,
    setSetting,
    /** Puts a preset or a saved network on the bench. */
    open: (network: Network) => begin(network, network.spec, network.settings),
    /** Puts the network of a run or of a file on the bench, to change it and train it again. */
    openSpec: (value: NetworkSpec, training: TrainingSettings) => begin(null, value, training),
    /** An empty bench. */
    clear: () => put({ origin: null, history: startHistory({ ...EMPTY_DOCUMENT, name: 'untitled' }) }),
    makeTwin,
    /** Starts a run of this network; null if it was refused. */
    start: () => attempt(() => runs.start(spec.value, settings.value, repeats.value ?? 1)),
    startBoth,
    save,
  }
})
