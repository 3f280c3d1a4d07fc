import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Redraw } from '../../../../renderer/charts/redraw.ts'

/** The browser's frames and its view of what is in sight, driven by hand. */
let frames: (() => void)[] = []
let see: (isVisible: boolean) => void = () => undefined
const disconnect = vi.fn()

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => (frames[id - 1] = () => undefined))
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        see = (isIntersecting) => callback([{ isIntersecting }])
      }
      observe(): void {}
      disconnect = disconnect
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

function nextFrame(): void {
  const due = frames.splice(0)
  for (const callback of due) callback()
}

function watched() {
  const draw = vi.fn()
  return { draw, redraw: new Redraw(document.createElement('canvas'), draw) }
}

describe('redrawing', () => {
  it('happens once a frame, however often it is asked for', () => {
    const { draw, redraw } = watched()
    for (let times = 0; times < 50; times++) redraw.request()
    expect(draw).not.toHaveBeenCalled()
    nextFrame()
    expect(draw).toHaveBeenCalledTimes(1)
    nextFrame()
    expect(draw).toHaveBeenCalledTimes(1)
  })

  it('waits until the chart is in sight', () => {
    const { draw, redraw } = watched()
    see(false)
    redraw.request()
    nextFrame()
    expect(draw).not.toHaveBeenCalled()
    see(true)
    nextFrame()
    expect(draw).toHaveBeenCalledTimes(1)
  })

  it('does not happen when the chart leaves sight before its frame', () => {
    const { draw, redraw } = watched()
    redraw.request()
    see(false)
    nextFrame()
    expect(draw).not.toHaveBeenCalled()
  })

  it('leaves to the next frame what would make this one too long, and everyone gets a turn', () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const drawn: string[] = []
    const charts = ['a', 'b', 'c'].map((name) => {
      const draw = () => {
        drawn.push(name)
        now += 5
      }
      return new Redraw(document.createElement('canvas'), draw)
    })
    for (const redraw of charts) redraw.request()
    nextFrame()
    expect(drawn).toEqual(['a', 'b'])
    // Who asks again stands behind those that wait.
    charts[0]!.request()
    nextFrame()
    expect(drawn).toEqual(['a', 'b', 'c', 'a'])
    vi.restoreAllMocks()
  })

  it('goes on with the others when one cannot be drawn', () => {
    const report = vi.fn()
    vi.stubGlobal('reportError', report)
    const broken = new Redraw(document.createElement('canvas'), () => {
      throw new Error('no')
    })
    const { draw, redraw } = watched()
    broken.request()
    redraw.request()
    nextFrame()
    expect(draw).toHaveBeenCalledTimes(1)
    expect(report).toHaveBeenCalledTimes(1)
  })

  it('ends with the chart', () => {
    const { draw, redraw } = watched()
    redraw.request()
    redraw.dispose()
    nextFrame()
    expect(draw).not.toHaveBeenCalled()
    expect(disconnect).toHaveBeenCalled()
  })
})
