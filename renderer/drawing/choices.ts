import { isBinary, type RunSummary } from '#shared/contract/runs.ts'

/** The two runs whose answers stand side by side; `null` for a place that is empty. */
export type Choices = readonly [first: string | null, second: string | null]

/**
 * The newest finished full-precision run and the newest finished binary one; where one kind is missing, the newest
 * other run takes its place. Runs that are not finished serve when nothing better is there.
 *
 * @param usable runs with trained weights, the newest first.
 */
export function defaultChoices(usable: readonly RunSummary[]): Choices {
  const ranked = [
    ...usable.filter(({ status }) => status === 'finished'),
    ...usable.filter(({ status }) => status !== 'finished'),
  ]
  const full = ranked.find((run) => !isBinary(run))
  const binary = ranked.find(isBinary)
  const first = full ?? ranked[0]
  const second = binary && binary !== first ? binary : ranked.find((run) => run !== first)
  return [first?.id ?? null, second?.id ?? null]
}

/** Puts a run where its kind stands: full precision first, binary second. The other place keeps its run. */
export function place(choices: Choices, run: RunSummary): Choices {
  const [first, second] = choices
  return isBinary(run) ? [first, run.id] : [run.id, second]
}

/** What was chosen, as far as it is still there; where nothing was, what stands there by default. */
export function resolveChoices(chosen: Choices, usable: readonly RunSummary[]): Choices {
  const isThere = (id: string | null) => id !== null && usable.some((run) => run.id === id)
  const [first, second] = chosen
  const defaults = defaultChoices(usable)
  const spare = (taken: string | null) => defaults.find((id) => id !== taken) ?? null
  const kept = isThere(first) ? first : spare(isThere(second) ? second : defaults[1])
  return [kept, isThere(second) ? second : spare(kept)]
}
