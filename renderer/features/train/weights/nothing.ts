import { hasEnded, type RunDetail, type RunSummary } from '#shared/contract/runs.ts'
import { everyLayer } from '#shared/model/tree.ts'

interface Words {
  readonly title: string
  readonly text: string
}

/** Why there are no weights of a run to be seen, and what to do about it. */
export function whyNothing(run: RunSummary, detail: Pick<RunDetail, 'spec' | 'settings'> | null): Words {
  const title = 'No weights recorded'
  if (detail && !detail.settings.recordWeights) {
    const text = 'This run was started without “Record weights in motion”. Turn it on in Build and train again.'
    return { title, text }
  }
  const isWatched = run.binaryParameters > 0 || !detail || [...everyLayer(detail.spec.layers)].some(isMarked)
  if (!isWatched) {
    const text =
      'This run watched no layer. Turn on “Watch weights” on a layer in Build and train again; binary layers are watched by themselves.'
    return { title, text }
  }
  return hasEnded(run.status)
    ? { title, text: 'This run ended before its first step, or kept nothing of its weights.' }
    : { title: 'No frame yet', text: 'The first comes with the first step.' }
}

const isMarked = ({ watchWeights }: { readonly watchWeights?: boolean }) => watchWeights === true
