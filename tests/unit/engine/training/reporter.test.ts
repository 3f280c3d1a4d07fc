import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TrainingReport } from '#electron/engine/protocol.ts'
import { Pace, median } from '#electron/engine/training/progress.ts'
import { Reporter } from '#electron/engine/training/reporter.ts'

const progress = () => ({
  phase: 'training' as const,
  epoch: 1,
  epochs: 1,
  step: 1,
  totalSteps: 1,
  loss: 1,
  accuracy: 1,
  imagesPerSecond: 1,
  elapsedSeconds: 1,
  remainingSeconds: 1,
})

describe('the reporter', () => {
  let sent: TrainingReport[]
  let reporter: Reporter
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'], now: 10_000 })
    vi.advanceTimersByTime(10_000)
    sent = []
    reporter = new Reporter((report) => sent.push(report))
  })
  afterEach(() => vi.useRealTimers())

  const step = (number: number) => reporter.step({ step: number, loss: number, accuracy: 0.5, seconds: number / 10 })

  it('gathers steps to at most five messages a second, and loses none', () => {
    for (let number = 1; number <= 100; number++) {
      step(number)
      vi.advanceTimersByTime(10)
    }
    reporter.flush()
    const columns = sent.flatMap((report) => (report.type === 'steps' ? [report.columns] : []))
    expect(columns.length).toBeLessThanOrEqual(6)
    expect(columns.flatMap(({ loss }) => [...loss])).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    let next = 1
    for (const { from, loss } of columns) {
      expect(from).toBe(next)
      next += loss.length
    }
  })

  it('sends waiting steps before anything that may be an end', () => {
    step(1)
    step(2)
    reporter.send({ type: 'paused' })
    expect(sent.map(({ type }) => type)).toEqual(['steps', 'steps', 'paused'])
  })

  it('tells progress at most five times a second, but every change of phase', () => {
    for (let count = 0; count < 100; count++) {
      reporter.progress(progress)
      vi.advanceTimersByTime(10)
    }
    expect(sent.length).toBeLessThanOrEqual(5)
    const before = sent.length
    reporter.progress(progress, true)
    reporter.progress(progress, true)
    expect(sent.length).toBe(before + 2)
  })
})

describe('the pace', () => {
  it('forgets a slow first step soon', () => {
    const pace = new Pace()
    expect(pace.imagesPerSecond(100)).toBeNull()
    expect(pace.remainingSeconds(10, 1)).toBeNull()
    pace.step(1)
    for (let count = 0; count < 19; count++) pace.step(0.05)
    expect(pace.imagesPerSecond(100)).toBeCloseTo(100 / 0.0975, 0)
  })

  it('counts the evaluations that are still to come', () => {
    const pace = new Pace()
    pace.step(0.1)
    pace.evaluation(3)
    expect(pace.remainingSeconds(10, 2)).toBeCloseTo(7)
  })
})

describe('the median', () => {
  it('is the middle value, whatever the order, and 0 of nothing', () => {
    expect(median([5, 1, 100])).toBe(5)
    expect(median([])).toBe(0)
  })
})
