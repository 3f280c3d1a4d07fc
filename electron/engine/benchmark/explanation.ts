import { formatPercent } from '#shared/format/numbers.ts'

interface Part {
  readonly name: string
  readonly ms: number
}

/** So much of the time, or so many parts, make a sentence. */
const TOLD_SHARE = 0.75
const MOST_PARTS = 3

/**
 * Where the time goes, in one sentence.
 *
 * @param otherMs what none of the parts takes.
 */
export function explainTime(parts: readonly Part[], otherMs: number): string {
  const whole = [...parts, { name: 'copying and calling', ms: otherMs }]
  const total = whole.reduce((sum, { ms }) => sum + ms, 0)
  if (total === 0) return 'It took no time that the clock can tell.'
  const sorted = whole.toSorted((a, b) => b.ms - a.ms)
  const told: string[] = []
  let share = 0
  for (const { name, ms } of sorted.slice(0, MOST_PARTS)) {
    if (share >= TOLD_SHARE) break
    told.push(`"${name}" (${formatPercent(ms / total, 0)})`)
    share += ms / total
  }
  const last = told.pop()!
  const list = told.length === 0 ? last : `${told.join(', ')} and ${last}`
  const much = share > 0.5 ? 'Most of the time' : 'The most time'
  return `${much} goes into ${list}; the rest takes ${formatPercent(Math.max(0, 1 - share), 0)}.`
}
