import type { LayerAnalysis } from '#shared/model/analyse.ts'

/** A line of the comparison: the layer that both have under one id, or that only one has. */
export interface LayerPair {
  readonly id: string
  readonly left: LayerAnalysis | null
  readonly right: LayerAnalysis | null
}

/** Sets two networks side by side, layers of the same id on the same line, both in their own order. */
export function alignLayers(left: readonly LayerAnalysis[], right: readonly LayerAnalysis[]): LayerPair[] {
  const pairs: LayerPair[] = []
  const isIn = (layers: readonly LayerAnalysis[], id: string) => layers.some(({ layer }) => layer.id === id)
  let next = 0
  const takeUntil = (stops: (entry: LayerAnalysis) => boolean) => {
    for (; next < right.length && !stops(right[next]!); next++) {
      const entry = right[next]!
      if (!isIn(left, entry.layer.id)) pairs.push({ id: entry.layer.id, left: null, right: entry })
    }
  }
  for (const entry of left) {
    const { id } = entry.layer
    if (!isIn(right, id)) {
      pairs.push({ id, left: entry, right: null })
      continue
    }
    takeUntil(({ layer }) => layer.id === id)
    pairs.push({ id, left: entry, right: right[next] ?? null })
    next += 1
  }
  takeUntil(() => false)
  return pairs
}
