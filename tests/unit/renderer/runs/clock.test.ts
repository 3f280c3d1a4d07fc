import { describe, expect, it } from 'vitest'
import { fromAxis, toAxis } from '../../../../renderer/charts/line.ts'
import { placeOnClock } from '../../../../renderer/features/runs/clock.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 9, 1, 10, minutes)).toISOString()
const minutesOf = (milliseconds: number) => (milliseconds - Date.UTC(2026, 9, 1, 10)) / 60_000

describe('the time of day of a training', () => {
  it('is counted from when the run was made where nothing else is known', () => {
    const placing = placeOnClock({ createdAt: at(5), stretches: [] })
    expect(minutesOf(toAxis({ placing }, 120))).toBe(7)
    expect(fromAxis({ placing }, toAxis({ placing }, 120))).toBe(120)
    const goneOn = placeOnClock({ createdAt: at(5), stretches: [{ seconds: 60, beganAt: at(30) }] })
    expect([60, 90].map((seconds) => minutesOf(toAxis({ placing: goneOn }, seconds)))).toEqual([6, 30.5])
  })

  it('leaves out the wait in the queue and goes on when the run goes on', () => {
    const stretches = [
      { seconds: 0, beganAt: at(10) },
      { seconds: 60, beganAt: at(20) },
      { seconds: 180, beganAt: at(30) },
    ]
    const placing = placeOnClock({ createdAt: at(0), stretches })
    const minutes = [0, 30, 60, 120, 180, 240].map((seconds) => minutesOf(toAxis({ placing }, seconds)))
    expect(minutes).toEqual([10, 10.5, 11, 21, 22, 31])
    const seconds = [10.5, 11, 15, 20, 20.5, 22, 29, 31].map((minute) =>
      fromAxis({ placing }, Date.parse(at(0)) + minute * 60_000),
    )
    expect(seconds).toEqual([30, 60, 60, 60, 90, 180, 180, 240])
  })

  it('never runs backwards, even where the clock was set back', () => {
    const stretches = [
      { seconds: 0, beganAt: at(30) },
      { seconds: 60, beganAt: at(40) },
      { seconds: 120, beganAt: at(20) },
    ]
    const placing = placeOnClock({ createdAt: at(0), stretches })
    const minutes = [60, 61, 120, 180].map((seconds) => minutesOf(toAxis({ placing }, seconds)))
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b))
  })
})
