import { setImmediate } from 'node:timers/promises'

/** What parts of a call took, in milliseconds; a part that is added twice adds up. */
export class Parts {
  readonly milliseconds = new Map<string, number>()

  add(name: string, milliseconds: number): void {
    this.milliseconds.set(name, (this.milliseconds.get(name) ?? 0) + milliseconds)
  }

  time<Result>(name: string, work: () => Result): Result {
    const start = performance.now()
    try {
      return work()
    } finally {
      this.add(name, performance.now() - start)
    }
  }
}

/** Something that is measured against others. */
export interface Contender {
  /** One call; it may tell what its parts took. */
  run(parts: Parts): void
}

/** Means of one call in each round, in milliseconds. */
export interface Samples {
  readonly ms: readonly number[]
  part(name: string): readonly number[]
  /** What no part took. */
  rest(): readonly number[]
}

export interface Turns {
  readonly rounds: number
  /** A turn repeats its call until it lasts about so long: the clock and the first, cold call weigh less. 0: one call. */
  readonly turnMs: number
  /** Calls before the first round: they fill caches and memory pools. */
  readonly warmUpCalls: number
  /** Told before every round, counted from 1. */
  readonly onRound: (round: number, rounds: number) => void
}

interface Competitor {
  readonly contender: Contender
  readonly calls: number
  readonly ms: number[]
  readonly parts: ReadonlyMap<string, number>[]
}

/**
 * Measures contenders in turns: every round lets each of them run once, beginning with the next one every time, so that
 * what else the machine does falls on all of them alike. Those of one group stand beside each other.
 *
 * @returns the samples of each contender, by group and name.
 */
export async function takeTurns<Group extends Readonly<Record<string, Contender>>>(
  groups: readonly Group[],
  { rounds, turnMs, warmUpCalls, onRound }: Turns,
): Promise<{ [Name in keyof Group]: Samples }[]> {
  const competitors: Competitor[][] = []
  for (const group of groups) {
    competitors.push(Object.values(group).map((contender) => warmedUp(contender, warmUpCalls, turnMs)))
    await setImmediate()
  }
  const all = competitors.flat()
  for (let round = 0; round < rounds; round++) {
    onRound(round + 1, rounds)
    for (let turn = 0; turn < all.length; turn++) {
      takeTurn(all[(round + turn) % all.length]!)
      // Lets the process hear that nobody waits for it any more.
      await setImmediate()
    }
  }
  return groups.map((group, index) => {
    const named = Object.keys(group).map((name, place) => [name, samplesOf(competitors[index]![place]!)])
    return Object.fromEntries(named) as { [Name in keyof Group]: Samples }
  })
}

function warmedUp(contender: Contender, warmUpCalls: number, turnMs: number): Competitor {
  let best = Infinity
  for (let call = 0; call < warmUpCalls; call++) {
    const start = performance.now()
    contender.run(new Parts())
    best = Math.min(best, performance.now() - start)
  }
  return { contender, calls: Math.max(1, Math.ceil(turnMs / best)), ms: [], parts: [] }
}

function takeTurn({ contender, calls, ms, parts: rounds }: Competitor): void {
  const parts = new Parts()
  const start = performance.now()
  for (let call = 0; call < calls; call++) contender.run(parts)
  ms.push((performance.now() - start) / calls)
  rounds.push(new Map([...parts.milliseconds].map(([name, time]) => [name, time / calls])))
}

function samplesOf({ ms, parts }: Competitor): Samples {
  return {
    ms,
    part: (name) => parts.map((round) => round.get(name) ?? 0),
    rest: () => ms.map((whole, round) => Math.max(0, whole - sum(parts[round]!.values()))),
  }
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
