import { computed } from 'vue'
import type { NetworkProblem } from '#shared/model/problem.ts'
import { pathTo } from '#shared/model/tree.ts'
import { useDraftStore } from '../../stores/draft.ts'

/** What is wrong, by layer in sight: the lab's own refusal, else the first problem of it or of what it hides. */
export function useLayerProblems() {
  const draft = useDraftStore()

  /** The layer, or the folded block that hides it. */
  function inSight(id: string): string {
    return pathTo(draft.layers, id).findLast((layer) => draft.inSight.includes(layer))?.id ?? id
  }

  return computed(() => {
    const byLayer = new Map<string, { message: string; problem: NetworkProblem }>()
    for (const problem of draft.analysis.problems.toReversed()) {
      if (problem.layerId)
        byLayer.set(inSight(problem.layerId), { message: `${problem.message} ${problem.fix}`, problem })
    }
    const { layerId, message } = draft.refusal ?? {}
    if (layerId && message) byLayer.set(inSight(layerId), { message, problem: { layerId, message, fix: '' } })
    return byLayer
  })
}
