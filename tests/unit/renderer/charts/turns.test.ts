import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { takeFrame, takeTurn } from '../../../../renderer/charts/turns.ts'

/** The browser's frames, driven by hand, and a clock that only work moves on. */
let frames = new Map<number, () => void>()
let now = 0

beforeEach(() => {
  frames = new Map()
  let last = 0
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frames.set(++last, callback)
    return last
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => {
  while (frames.size > 0) nextFrame()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function nextFrame(): void {
  const due = [...frames.values()]
  frames.clear()
  for (const callback of due) callback()
}

describe('turns', () => {
  it('share a frame while they are short, and leave the rest to the next', () => {
    const drawn: string[] = []
    const draw = (name: string, ms: number) => () => {
      drawn.push(name)
      now += ms
    }
    for (const [name, ms] of [
      ['a', 3],
      ['b', 6],
      ['c', 1],
    ] as const) {
      takeTurn(draw(name, ms))
    }
    nextFrame()
    expect(drawn).toEqual(['a', 'b'])
    nextFrame()
    expect(drawn).toEqual(['a', 'b', 'c'])
  })

  it('that change the page have a frame each, however short they are', () => {
    const shown: string[] = []
    for (const name of ['a', 'b', 'c']) takeFrame(() => shown.push(name))
    nextFrame()
    expect(shown).toEqual(['a'])
    nextFrame()
    expect(shown).toEqual(['a', 'b'])
    nextFrame()
    expect(shown).toEqual(['a', 'b', 'c'])
    expect(frames.size).toBe(0)
  })

  it('can be given up, and ask for no frame when nobody waits', () => {
    const shown: string[] = []
    const giveUpFirst = takeFrame(() => shown.push('a'))
    const giveUpSecond = takeFrame(() => shown.push('b'))
    giveUpFirst()
    nextFrame()
    expect(shown).toEqual(['b'])
    giveUpSecond()
    takeFrame(() => shown.push('c'))()
    expect(frames.size).toBe(0)
  })
})
