/** Hues there are for runs: the tokens `run-1` to `run-7`. */
export const RUN_HUES = 7

/** Which run has which colour token. */
export type RunColours = ReadonlyMap<string, string>

/**
 * Gives every run that is shown a hue of its own. A run keeps its hue for as long as it is shown; a new one gets the
 * first that is free, or shares the one least used when there are more runs than hues.
 */
export function assignColours(previous: RunColours, shown: readonly string[]): RunColours {
  const next = new Map<string, string>()
  for (const id of shown) {
    const kept = previous.get(id)
    if (kept) next.set(id, kept)
  }
  for (const id of shown) if (!next.has(id)) next.set(id, freest(next))
  return next
}

function freest(taken: RunColours): string {
  const tokens = Array.from({ length: RUN_HUES }, (_, index) => `run-${index + 1}`)
  const uses = (token: string) => [...taken.values()].filter((other) => other === token).length
  return tokens.toSorted((a, b) => uses(a) - uses(b))[0]!
}
