import { byRound, spreadOf } from '#electron/engine/benchmark/spread.ts'
import type { Spread } from '#electron/engine/protocol.ts'
import { startContestant, type Contestant, type Program, type Turn } from './contestant.ts'

export interface Result {
  readonly measured: string
  readonly name: string
  readonly description: string
  readonly value: Spread
  /** Of this one's value to that of the first program, taken within each round. */
  readonly ratio: Spread
}

/**
 * Lets programs take turns: each measures once in every round, beginning with the next one every time. The first is
 * what the others are compared with.
 */
export async function contest(programs: readonly Program[], rounds: number): Promise<Result[]> {
  const contestants: Contestant[] = []
  try {
    for (const program of programs) contestants.push(await startContestant(program))
    const turns = contestants.map((): Turn[] => [])
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`Round ${round + 1} of ${rounds}\n`)
      for (let place = 0; place < contestants.length; place++) {
        const index = (round + place) % contestants.length
        turns[index]!.push(await contestants[index]!.turn())
      }
    }
    return summarise(contestants, turns)
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.end()))
  }
}

function summarise(contestants: readonly Contestant[], turns: readonly (readonly Turn[])[]): Result[] {
  const values = (index: number, measured: string) => turns[index]!.map((turn) => turn[measured]!)
  return Object.keys(turns[0]![0]!).flatMap((measured) =>
    contestants.map(({ name, description }, index) => ({
      measured,
      name,
      description,
      value: spreadOf(values(index, measured)),
      ratio: byRound(values(index, measured), values(0, measured), (own, reference) => own / reference),
    })),
  )
}

/** The results as one JSON document or as a table for each thing that was measured. */
export function printResults(results: readonly Result[], unit: string, json: boolean): void {
  if (json) return console.log(JSON.stringify(results))
  for (const [measured, rows] of Map.groupBy(results, (result) => result.measured)) {
    console.log(`\n${measured}, ${unit}`)
    console.table(
      Object.fromEntries(
        rows.map(({ name, value, ratio }) => [
          name,
          {
            median: rounded(value.median),
            'half of the rounds': `${rounded(value.quartiles[0])} to ${rounded(value.quartiles[1])}`,
            'ratio to the first': rounded(ratio.median),
            'half of the ratios': `${rounded(ratio.quartiles[0])} to ${rounded(ratio.quartiles[1])}`,
          },
        ]),
      ),
    )
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
