import { describe, expect, it } from 'vitest'
import { pairMinutes } from '../../../../renderer/features/train/estimate.ts'
import { accuracyNote, measuresOf, phaseOf } from '../../../../renderer/features/train/numbers.ts'
import { detail, progress, summary } from '../runFixtures.ts'

const values = (...args: Parameters<typeof measuresOf>) =>
  Object.fromEntries(measuresOf(...args).map(({ label, value }) => [label, value]))

describe('the numbers of a run', () => {
  it('follow its progress while it runs', () => {
    expect(values(summary(), detail(), progress())).toEqual({
      Epoch: '3 / 10',
      'Train loss': '0.08',
      'Images per second': '900',
      'Time per step': '111 ms',
      Elapsed: '2 min 10 s',
      'Time left': '7 min 50 s',
    })
  })

  it('are what was measured once it has ended', () => {
    const finished = { status: 'finished', epochsDone: 10, seconds: 600, trainLoss: 0.0123 } as const
    expect(values(summary(finished), detail(finished), null)).toEqual({
      Epoch: '10 / 10',
      'Train loss': '0.0123',
      'Images per second': '1,020',
      'Time per step': '98 ms',
      Elapsed: '10 min 0 s',
      'Time left': '–',
    })
  })

  it('are dashes while there is nothing to say', () => {
    const starting = { status: 'starting', epochsDone: 0, trainLoss: null, seconds: 0, stepMs: null } as const
    expect(Object.values(values(summary({ ...starting }), detail({ ...starting }), null))).toEqual([
      '0 / 10',
      '–',
      '–',
      '–',
      '0 s',
      '–',
    ])
    expect(Object.values(values(summary({ ...starting }), null, null))).toContain('–')
  })

  it('name the best accuracy only where it was not the last', () => {
    expect(accuracyNote(summary({ testAccuracy: 0.97, bestTestAccuracy: 0.98 }), null)).toBe('best 98.00 %')
    expect(accuracyNote(summary({ testAccuracy: 0.98, bestTestAccuracy: 0.98 }), detail())).toBeNull()
    expect(accuracyNote(summary({ testAccuracy: null, bestTestAccuracy: null }), null)).toBeNull()
  })

  it('say what the run is doing', () => {
    expect(phaseOf(summary({ status: 'starting' }), null)).toContain('building')
    expect(phaseOf(summary(), progress({ phase: 'testing' }))).toContain('testing')
    expect(phaseOf(summary({ status: 'paused' }), progress())).toBeNull()
  })
})

describe('the estimate for the notebook’s pair', () => {
  it('is rough, falls with the threads and is never nothing', () => {
    expect([1, 2, 4, 64, 0].map(pairMinutes)).toEqual([15, 8, 4, 2, 15])
  })
})
