import { z } from '#shared/zod.ts'
import { readBench, writeBench } from './archive.ts'
import type { Bench } from './document.ts'
import { startHistory } from './history.ts'

/** A network that was on the bench, as it was left, without the steps that led to it. */
export interface RecentNetwork {
  readonly name: string
  /** What `writeBench` wrote. */
  readonly bench: string
}

const KEPT = 9
const recentSchema = z.array(z.strictObject({ name: z.string(), bench: z.string() }))

/** The list with this bench first, each name once. */
export function remember(recent: readonly RecentNetwork[], { origin, history }: Bench): readonly RecentNetwork[] {
  const { name } = history.present
  const bench = writeBench({ origin, history: startHistory(history.present) })
  return [{ name, bench }, ...recent.filter((other) => other.name !== name)].slice(0, KEPT)
}

/** The list from its text, without what can no longer be read. */
export function readRecent(text: unknown): readonly RecentNetwork[] {
  if (typeof text !== 'string') return []
  try {
    return recentSchema.parse(JSON.parse(text)).filter(({ bench }) => isReadable(bench))
  } catch {
    return []
  }
}

function isReadable(bench: string): boolean {
  try {
    readBench(bench)
    return true
  } catch {
    return false
  }
}
