import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { toErrorMessage, type ErrorMessage } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import type { RunSummary } from '#shared/contract/runs.ts'
import type { NetworkProblem } from '#shared/model/analyse.ts'
import { applyRepair } from '#shared/model/apply-repair.ts'
import { describeRepair } from '#shared/model/repair.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { findLayer } from '#shared/model/tree.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import { isBinary, twinOf } from '#shared/model/twin.ts'
import { wordsOf } from '#shared/model/words.ts'
import { EMPTY_DOCUMENT, toDocument, toSpec, type Bench, type NetworkDocument } from '../editing/document.ts'
import { analyseDraft, nameProblem, repeatsProblem, settingsProblems } from '../editing/draft.ts'
import { record, redo, startHistory, undo, type History } from '../editing/history.ts'
import {
  changedLayers,
  keepExisting,
  NOTHING_SELECTED,
  select,
  selectAll,
  type Selection,
} from '../editing/selection.ts'
import { useLayerEditing } from '../editing/useLayerEditing.ts'
import { useDatasetsStore } from './datasets.ts'
import { useNetworksStore } from './networks.ts'
import { useRunsStore } from './runs.ts'

/** The network on the bench in Build, with the settings it would be trained with. */
export const useDraftStore = defineStore('draft', () => {
  const datasets = useDatasetsStore()
  const networks = useNetworksStore()
  const runs = useRunsStore()

  /** The network this one began as. */
  const origin = shallowRef<Network | null>(null)
  const history = shallowRef(startHistory(EMPTY_DOCUMENT))
  const selection = shallowRef<Selection>(NOTHING_SELECTED)
  /** What the lab said when it refused to save or start this. */
  const refusal = shallowRef<ErrorMessage | null>(null)
  const busy = ref(false)
  /** Runs that Start makes, each with the next seed: said anew for every network, and no part of it. */
  const repeats = ref<number | null>(1)
  const leaving = new Set<(left: Bench) => void>()

  const bench = computed<Bench>(() => ({ origin: origin.value, history: history.value }))
  const document = computed(() => history.value.present)
  const layers = computed(() => document.value.layers)
  const settings = computed(() => document.value.settings)
  const spec = computed(() => toSpec(document.value))
  const dataset = computed(() => datasets.find(settings.value.dataset))
  const analysis = computed(() => analyseDraft(spec.value, dataset.value?.classes.length))
  const nameError = computed(() => nameProblem(document.value.name))
  const settingsErrors = computed(() => {
    const refused = refusal.value?.field?.replace(/^settings\./, '')
    const isField = refused && refused.split('.')[0]! in settings.value
    const fromLab = isField ? { [refused]: refusal.value!.message } : {}
    return { ...fromLab, ...settingsProblems(settings.value, dataset.value) }
  })
  const repeatsError = computed(() => repeatsProblem(repeats.value))
  const isSound = computed(
    () =>
      !nameError.value &&
      !repeatsError.value &&
      analysis.value.problems.length === 0 &&
      Object.keys(settingsErrors.value).length === 0,
  )
  const isChanged = computed(() => {
    if (!origin.value) return history.value.past.length > 0
    const began = [origin.value.spec, origin.value.settings]
    return JSON.stringify([spec.value, settings.value]) !== JSON.stringify(began)
  })

  /** Makes one step of the history. Steps with the same `burst` that follow each other closely become one. */
  function change(label: string, changes: Partial<NetworkDocument>, burst: string | null = null): void {
    history.value = record(history.value, { ...document.value, ...changes }, { label, burst, at: Date.now() })
    selection.value = keepExisting(selection.value, layers.value)
    refusal.value = null
  }

  const editing = useLayerEditing(layers, selection, (label, next, burst) => change(label, { layers: next }, burst))

  function go(next: History<NetworkDocument>): void {
    const changed = changedLayers(layers.value, next.present.layers)
    history.value = next
    refusal.value = null
    selection.value = changed.length > 0 ? selectAll(changed) : keepExisting(selection.value, layers.value)
  }

  /** Puts this on the bench, with nothing selected. */
  function restore(bench: Bench): void {
    origin.value = bench.origin
    history.value = bench.history
    repeats.value = 1
    selection.value = NOTHING_SELECTED
    refusal.value = null
  }

  /** Calls `listener` with what was on the bench whenever something else is put there. */
  function onLeave(listener: (left: Bench) => void): () => void {
    leaving.add(listener)
    return () => leaving.delete(listener)
  }

  function put(next: Bench): void {
    const isReopened = next.origin !== null && next.origin.id === origin.value?.id && !isChanged.value
    if (layers.value.length > 0 && !isReopened) for (const listener of leaving) listener(bench.value)
    restore(next)
  }

  const begin = (from: Network | null, value: NetworkSpec, training: TrainingSettings) =>
    put({ origin: from, history: startHistory(toDocument(value, training)) })

  /** Keeps what is on the bench; returns the way to put it back. */
  function keep(): () => void {
    const kept = bench.value
    const selected = selection.value
    return () => {
      restore(kept)
      selection.value = selected
    }
  }

  /** Does what the problem's repair says, in one step. */
  function repair({ layerId, repair: remedy }: NetworkProblem): void {
    if (!remedy || !layerId) return
    const before = layers.value
    const label = describeRepair(remedy)
    change(label[0]!.toLowerCase() + label.slice(1), { layers: applyRepair(before, layerId, remedy) })
    selection.value = selectAll(changedLayers(before, layers.value))
  }

  function setSetting<Key extends keyof TrainingSettings>(key: Key, value: TrainingSettings[Key]): void {
    const chosen = key === 'dataset' ? datasets.find(String(value)) : undefined
    const input = chosen ? { height: chosen.height, width: chosen.width, channels: chosen.channels } : null
    const next = { ...settings.value, [key]: value }
    change(`change ${wordsOf(key)}`, { settings: next, ...(input ? { input } : {}) }, `settings.${key}`)
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

  /** Turns this network into its twin, in one step. Throws SignumError `not_supported` where there is none. */
  function makeTwin(): void {
    const twin = twinOf(spec.value)
    change(isBinary(twin) ? 'make it binary' : 'make it full precision', { name: twin.name, layers: twin.layers })
  }

  /** Starts this network and its twin with the same settings, and so the same seed and order of images. */
  function startBoth(): Promise<readonly RunSummary[] | null> {
    return attempt(async () => {
      const shared = { settings: settings.value, repeats: repeats.value ?? 1 }
      return runs.startTogether([spec.value, twinOf(spec.value)].map((network) => ({ spec: network, ...shared })))
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
    origin,
    history,
    selection,
    refusal,
    busy,
    repeats,
    repeatsError,
    document,
    layers,
    settings,
    spec,
    input: computed(() => document.value.input),
    dataset,
    analysis,
    nameError,
    settingsErrors,
    isSound,
    isChanged,
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
    undoLabel: computed(() => history.value.past.at(-1)?.label ?? null),
    redoLabel: computed(() => history.value.future.at(-1)?.label ?? null),
    undo: () => go(undo(history.value)),
    redo: () => go(redo(history.value)),
    ...editing,
    repair,
    change,
    setSetting,
    /** Puts a preset or a saved network on the bench. */
    open: (network: Network) => begin(network, network.spec, network.settings),
    /** Puts the network of a run or of a file on the bench, to change it and train it again. */
    openSpec: (value: NetworkSpec, training: TrainingSettings) => begin(null, value, training),
    /** Puts another network on the bench, history and all. */
    put,
    /** An empty bench. */
    clear: () => put({ origin: null, history: startHistory({ ...EMPTY_DOCUMENT, name: 'untitled' }) }),
    onLeave,
    bench,
    restore,
    keep,
    /** Starts a run of this network; null if it was refused. */
    makeTwin,
    startBoth,
    start: () => attempt(() => runs.start(spec.value, settings.value, repeats.value ?? 1)),
    save,
  }
})
