import { computed, type ComputedRef, type Ref } from 'vue'
import type { ErrorMessage } from '#shared/contract/errors.ts'
import type { Dataset } from '#shared/contract/methods.ts'
import { adviseOn } from '#shared/model/advice.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { NetworkDocument } from './document.ts'
import { analyseDraft, nameProblem, repeatsProblem, settingsProblems } from './draft.ts'

interface Draft {
  readonly document: ComputedRef<NetworkDocument>
  readonly spec: ComputedRef<NetworkSpec>
  readonly dataset: ComputedRef<Dataset | undefined>
  readonly repeats: Ref<number | null>
  /** What the lab said when it refused to save or start this. */
  readonly refusal: Ref<ErrorMessage | null>
}

/** What is wrong with a network and its training, and whether anything is. */
export function useDraftProblems({ document, spec, dataset, repeats, refusal }: Draft) {
  const settings = computed(() => document.value.settings)
  const analysis = computed(() => analyseDraft(spec.value, dataset.value?.classes.length))
  const nameError = computed(() => nameProblem(document.value.name))
  const repeatsError = computed(() => repeatsProblem(repeats.value))

  /** The training setting that the lab refused: its name, or its path within a group of settings. */
  const refusedSetting = computed(() => {
    const field = refusal.value?.field?.replace(/^settings\./, '')
    return field && field.split('.')[0]! in settings.value ? field : null
  })
  const settingsErrors = computed(() => {
    const refused = refusedSetting.value
    const fromLab = refused ? { [refused]: refusal.value!.message } : {}
    return { ...fromLab, ...settingsProblems(settings.value, dataset.value) }
  })

  return {
    analysis,
    /** What is likely a mistake, but keeps nothing from being trained. */
    advice: computed(() => adviseOn(spec.value.layers)),
    nameError,
    repeatsError,
    settingsErrors,
    /** The lab's refusal where no field or layer can show it. */
    generalRefusal: computed(() =>
      refusal.value && !refusal.value.layerId && !refusedSetting.value ? refusal.value.message : null,
    ),
    isSound: computed(
      () =>
        !nameError.value &&
        !repeatsError.value &&
        analysis.value.problems.length === 0 &&
        Object.keys(settingsErrors.value).length === 0,
    ),
  }
}
