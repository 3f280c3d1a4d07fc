import { hasEnded, type RunSummary } from '#shared/contract/runs.ts'
import { spreadOf, type Spread } from '#shared/statistics.ts'

/** Runs that differ by their seed only. */
export interface RunGroup {
  readonly id: string
  readonly name: string
  /** In the order of their seeds. */
  readonly runs: readonly RunSummary[]
  /** Of the test accuracy of those that have ended: one that is halfway would only pull it down. */
  readonly accuracy: Spread | null
}

/** A line of a list of runs: one that stands alone, or all of a group. */
export type RunEntry =
  { readonly run: RunSummary; readonly group?: never } | { readonly group: RunGroup; readonly run?: never }

/**
 * Puts the runs of a group together, where the first of them stands in the list. One whose fellows are not in the list
 * stands alone.
 */
export function foldGroups(runs: readonly RunSummary[]): RunEntry[] {
  const members = Map.groupBy(runs, ({ id, groupId }) => groupId ?? id)
  return [...members].map(([id, together]) =>
    together.length === 1 ? { run: together[0]! } : { group: makeGroup(id, together) },
  )
}

function makeGroup(id: string, members: readonly RunSummary[]): RunGroup {
  // In the order in which they were made; behind the highest seed comes 0.
  const runs = members.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  return {
    id,
    name: nameOf(runs),
    runs,
    accuracy: spreadOf(runs.flatMap(({ status, testAccuracy }) => (hasEnded(status) ? (testAccuracy ?? []) : []))),
  }
}

/** What tells a run of a group from its fellows, such as "seed 2"; its whole name where it was renamed. */
export function nameInGroup({ name }: Pick<RunSummary, 'name'>, group: Pick<RunGroup, 'name'>): string {
  const shared = `${group.name}, `
  return name.startsWith(shared) && name.length > shared.length ? name.slice(shared.length) : name
}

/** What the names have in common once their seeds are left off; the network's where a run was renamed. */
function nameOf(runs: readonly RunSummary[]): string {
  const names = new Set(runs.map(({ name, seed }) => name.replace(`, seed ${seed}`, '')))
  return names.size === 1 ? [...names][0]! : runs[0]!.network
}
