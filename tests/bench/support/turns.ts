import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Turn } from './contestant.ts'

/** The other end of a `Contestant`: tells that it is ready, then takes a turn for every line of input. */
export async function serveTurns(description: string, turn: () => Turn): Promise<void> {
  console.log(JSON.stringify({ ready: description }))
  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => console.log(JSON.stringify(turn())))
  await once(lines, 'close')
}

/** Milliseconds of the call in the middle of so many. */
export function medianMs(calls: number, work: () => void): number {
  const times = Array.from({ length: calls }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.toSorted((a, b) => a - b)[calls >> 1]!
}
