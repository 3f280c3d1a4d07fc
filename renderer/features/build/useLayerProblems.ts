import { computed } from 'vue'
import type { NetworkProblem } from '#shared/model/problem.ts'
import { pathTo } from '#shared/model/tree.ts'
import { useDraftStore } from '../../stores/draft.ts'

/** What stands beneath a layer. */
export interface LayerNote {
  readonly message: string
  readonly problem: NetworkProblem
  /** It keeps nothing from being trained. */
  readonly isAdvice: boolean
}

/** What is wrong, by layer in sight: the lab's own refusal, else the first problem of it or of what it hides, or advice. */
export function useLayerProblems() {
  const draft = useDraftStore()

  /** The layer, or the folded block that hides it. */
  function inSight(id: string): string {
    return pathTo(draft.layers, id).findLast((layer) => draft.inSight.includes(layer))?.id ?? id
  }

  return computed(() => {
    const byLayer = new Map<string, LayerNote>()
    const note = (problem: NetworkProblem, isAdvice: boolean) => {
      if (problem.layerId)
        byLayer.set(inSight(problem.layerId), {
          message: `${problem.message} ${problem.fix}`.trim(),
          problem,
          isAdvice,
        })
    }
    // What comes later counts for more.
    for (const problem of draft.advice.toReversed()) note(problem, true)
    for (const problem of draft.analysis.problems.toReversed()) note(problem, false)
    const { layerId, message } = draft.refusal ?? {}
    if (layerId && message) note({ layerId, message, fix: '' }, false)
    return byLayer
  })
}
