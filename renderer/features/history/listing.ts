import { isActive, type RunStatus, type RunSummary } from '#shared/contract/runs.ts'
import { STATUS_LOOKS } from '../runs/statuses.ts'

/** The shelves that runs are sorted onto by how they stand. */
export const STATUS_FILTERS = ['all', 'active', 'queued', 'finished', 'stopped', 'failed'] as const
export type StatusFilter = (typeof STATUS_FILTERS)[number]

/** The columns that a table of runs can be sorted by. */
export const SORT_KEYS = [
  'status',
  'name',
  'network',
  'testAccuracy',
  'bestTestAccuracy',
  'epochsDone',
  'seconds',
  'parameters',
  'packedBytes',
  'createdAt',
] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface Sorting {
  readonly key: SortKey
  readonly descending: boolean
}

/** Whether a run stands on a shelf. What was interrupted is as good as stopped: both can be resumed. */
export function isOn(filter: StatusFilter, status: RunStatus): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'active':
      return isActive(status)
    case 'stopped':
      return status === 'stopped' || status === 'interrupted'
    default:
      return status === filter
  }
}

/** Whether every word of `search` stands somewhere in what the table says about the run. */
export function matchesSearch(run: RunSummary, search: string): boolean {
  const text = [run.name, run.network, run.dataset, STATUS_LOOKS[run.status].word, run.backend, run.id]
    .join(' ')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** The runs in the order of one column; what has no value there comes last either way, equal ones newest first. */
export function sortRuns(runs: readonly RunSummary[], { key, descending }: Sorting): RunSummary[] {
  return runs.toSorted((a, b) => {
    const [left, right] = [valueOf(a, key), valueOf(b, key)]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || newest(a, b)
    const order = typeof left === 'string' ? left.localeCompare(String(right)) : left - Number(right)
    return (descending ? -order : order) || newest(a, b)
  })
}

function valueOf(run: RunSummary, key: SortKey): string | number | null {
  return key === 'status' ? STATUS_LOOKS[run.status].word : run[key]
}

function newest(a: RunSummary, b: RunSummary): number {
  return b.createdAt.localeCompare(a.createdAt)
}

/** Words begin with the smallest, numbers and dates with the largest: what people look for first. */
export function firstSorting(key: SortKey): Sorting {
  return { key, descending: !['status', 'name', 'network'].includes(key) }
}
