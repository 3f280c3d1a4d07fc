import { describe, expect, test } from 'vitest'
import { takeTurns, type Contender } from '#electron/engine/benchmark/turns.ts'

/** Contenders that write down who ran. */
function diary() {
  const entries: string[] = []
  const contender = (name: string): Contender => ({ run: () => void entries.push(name) })
  return { entries, contender }
}

describe('contenders that take turns', () => {
  test('warm up, then run once a round, each round beginning with the next one', async () => {
    const { entries, contender } = diary()
    const group = { a: contender('a'), b: contender('b') }
    const turns = { rounds: 3, turnMs: 0, warmUpCalls: 2, onRound: (round: number) => entries.push(String(round)) }
    const samples = await takeTurns<Record<string, Contender>>([group, { c: contender('c') }], turns)
    expect(entries.join('')).toBe('aabbcc1abc2bca3cab')
    expect(samples.map((each) => Object.keys(each))).toEqual([['a', 'b'], ['c']])
    expect(samples[0]!.a!.ms).toHaveLength(3)
  })

  test('repeat a short call until a turn lasts', async () => {
    const { entries, contender } = diary()
    await takeTurns([{ a: contender('a') }], { rounds: 1, turnMs: 5, warmUpCalls: 3, onRound: () => {} })
    expect(entries.length).toBeGreaterThan(100)
  })

  test('tell what the parts of one call took, and what no part did', async () => {
    const clock: Contender = {
      run(parts) {
        parts.add('first', 1)
        parts.add('first', 2)
        expect(parts.time('second', () => 'result')).toBe('result')
      },
    }
    const [samples] = await takeTurns([{ clock }], { rounds: 2, turnMs: 1, warmUpCalls: 3, onRound: () => {} })
    for (const first of samples!.clock.part('first')) expect(first).toBeCloseTo(3, 9)
    for (const second of samples!.clock.part('second')) expect(second).toBeGreaterThanOrEqual(0)
    expect(samples!.clock.part('third')).toEqual([0, 0])
    expect(samples!.clock.rest()).toEqual([0, 0])
  })

  test('end with the contender that fails', async () => {
    const failing = { run: () => expect.unreachable('as it should') }
    await expect(takeTurns([{ failing }], { rounds: 1, turnMs: 0, warmUpCalls: 1, onRound: () => {} })).rejects.toThrow(
      'as it should',
    )
  })

  test('let the process hear messages between two turns', async () => {
    const order: string[] = []
    setImmediate(() => order.push('heard'))
    const contender = { run: () => void order.push('turn') }
    await takeTurns([{ a: contender }, { b: contender }], { rounds: 1, turnMs: 0, warmUpCalls: 1, onRound: () => {} })
    expect(order.indexOf('heard')).toBeLessThan(order.lastIndexOf('turn'))
  })
})
