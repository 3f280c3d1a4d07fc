import { describe, expect, it } from 'vitest'
import { formatMicroseconds, verdictOf } from '../../../../renderer/drawing/answer.ts'

describe('an answer', () => {
  it('names the winner and how far it is ahead', () => {
    const verdict = verdictOf([0, 0.1, 0.65, 0, 0, 0, 0, 0.25, 0, 0])
    expect(verdict).toEqual({ digit: 2, probability: 0.65, runnerUp: 7, margin: 0.4 })
  })

  it('takes the smaller of two equal digits', () => {
    expect(verdictOf(Array<number>(10).fill(0.1))).toMatchObject({ digit: 0, runnerUp: 1, margin: 0 })
  })

  it('writes its time in the unit that reads best', () => {
    expect([240.4, 999.4, 1424].map(formatMicroseconds)).toEqual(['240 µs', '999 µs', '1.42 ms'])
  })
})
