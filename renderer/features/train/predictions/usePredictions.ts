import { computed, shallowRef, watch, type Ref } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import type { RunSummary } from '#shared/contract/runs.ts'
import { classAccuracies, confusionMatrix, type Predictions } from '#shared/predictions/predictions.ts'
import { requireDataset } from '#shared/model/datasets.ts'
import { useLabStore } from '../../../stores/lab.ts'

/**
 * What the run answered to the test images after a chosen epoch; until the person chooses, after the one whose weights
 * early stopping has kept, else the newest.
 */
export function usePredictions(run: Ref<RunSummary>, kept: Ref<number | null>) {
  const lab = useLabStore()
  /** Epochs whose answers are kept, rising. */
  const epochs = shallowRef<readonly number[]>([])
  const chosen = shallowRef<number | null>(null)
  const answers = shallowRef<(Predictions & { readonly epoch: number }) | null>(null)
  const labels = shallowRef<Uint8Array>(new Uint8Array())
  const problem = shallowRef<string | null>(null)
  const loaded = shallowRef(false)

  const epoch = computed(() => {
    const isThere = (candidate: number | null) => candidate !== null && epochs.value.includes(candidate)
    return [chosen.value, kept.value].find(isThere) ?? epochs.value.at(-1) ?? null
  })
  const classes = computed(() => requireDataset(run.value.dataset).classes)

  /** Only the answer to the last question counts: scrubbing asks faster than it is answered. */
  async function attempt<Result>(ask: () => Promise<Result>, isCurrent: () => boolean, take: (result: Result) => void) {
    try {
      const result = await ask()
      if (!isCurrent()) return
      problem.value = null
      take(result)
    } catch (error) {
      if (isCurrent()) problem.value = toErrorMessage(error).message
    }
  }

  watch(
    () => run.value.id,
    () => {
      epochs.value = []
      chosen.value = null
      answers.value = null
      loaded.value = false
    },
  )
  watch(
    () => [run.value.id, run.value.epochsDone] as const,
    ([id]) =>
      void attempt(
        () => lab.request('runs.predictedEpochs', { id }),
        () => run.value.id === id,
        (found) => {
          epochs.value = found.epochs
          loaded.value = true
        },
      ),
    { immediate: true },
  )
  watch(
    () => [run.value.id, epoch.value] as const,
    ([id, wanted]) => {
      if (wanted === null) return
      void attempt(
        () => lab.request('runs.predictions', { id, epoch: wanted }),
        () => run.value.id === id && epoch.value === wanted,
        (found) => (answers.value = { ...found, epoch: wanted }),
      )
    },
    { immediate: true },
  )
  watch(
    () => run.value.dataset,
    (dataset) =>
      void attempt(
        () => lab.request('datasets.labels', { dataset, split: 'test' }),
        () => run.value.dataset === dataset,
        (found) => (labels.value = found.labels),
      ),
    { immediate: true },
  )

  const isWhole = computed(() => answers.value !== null && answers.value.predicted.length === labels.value.length)
  const confusion = computed(() =>
    isWhole.value ? confusionMatrix(answers.value!.predicted, labels.value, classes.value.length) : null,
  )
  return {
    epochs,
    epoch,
    /** Null leaves the choice again. */
    choose: (value: number | null) => (chosen.value = value),
    follows: computed(() => chosen.value === null),
    classes,
    answers: computed(() => (isWhole.value ? answers.value : null)),
    labels,
    confusion,
    accuracies: computed(() => (confusion.value ? classAccuracies(confusion.value, classes.value.length) : null)),
    problem,
    loaded,
  }
}
