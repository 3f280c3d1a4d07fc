import { describe, expect, it } from 'vitest'
import { describe as describeChart } from '../../../../renderer/charts/describe.ts'
import { readingsAt } from '../../../../renderer/charts/reading.ts'
import { ACCURACY_AXIS, formatLoss, HORIZONTAL_AXES, LOSS_AXIS } from '../../../../renderer/features/runs/axes.ts'
import { curvesOf, marksOf } from '../../../../renderer/features/runs/lines.ts'
import { RunHistory } from '../../../../renderer/stores/runHistory.ts'
import { detail, epoch, steps } from '../runFixtures.ts'

/** Two epochs of 600 steps, a tenth of a second each; a test takes none. */
function shown() {
  const history = new RunHistory('a')
  history.append(steps(1, 1200))
  history.setEpochs([epoch(1), epoch(2)])
  history.detail.value = detail({ createdAt: '2026-10-01T10:00:00.000Z' })
  return { id: 'a', name: 'lenet', colour: 'run-1', binary: true, history }
}

describe('the curves of a run', () => {
  it('are training by the step, solid and smoothed, and testing by the epoch, dashed in the same hue', () => {
    const [train, test, ...rest] = curvesOf([shown()], 'Accuracy', 'step', 0.6)
    expect(rest).toEqual([])
    expect(train).toMatchObject({ colour: 'run-1', smoothing: 0.6 })
    expect(test).toMatchObject({ colour: 'run-1', dash: 'dashed', mark: 'hollow' })
    expect(describeChart('Accuracy', [train!, test!], HORIZONTAL_AXES.step, ACCURACY_AXIS)).toBe(
      'Accuracy. lenet, train: 90.00 % at step 1,200. lenet, test: 94.00 % at step 1,200.',
    )
  })

  it('have validation dashed and tests dotted where images were held out', () => {
    const run = shown()
    const scores = [0.91, 0.92].map((validationAccuracy) => ({ validationLoss: 0.3, validationAccuracy }))
    run.history.setEpochs(scores.map((score, index) => epoch(index + 1, score)))
    const known = detail()
    run.history.detail.value = { ...known, settings: { ...known.settings, validation: 0.1 } }
    const lines = curvesOf([run], 'Accuracy', 'step', 0)
    expect(lines.map(({ label, dash }) => [label, dash])).toEqual([
      ['lenet, train', undefined],
      ['lenet, validation', 'dashed'],
      ['lenet, test', 'dotted'],
    ])
    expect([...lines[1]!.y.view()]).toEqual([0.91, 0.92])
    // Beside them dashes have one meaning.
    expect(curvesOf([shown(), run], 'Loss', 'step', 0)[1]).toMatchObject({ label: 'lenet, test', dash: 'dotted' })
  })

  it.each([
    ['step', 1200, 1200],
    ['epoch', 2, 2],
    ['relative', 120, 120],
    ['wall', Date.parse('2026-10-01T10:02:00.000Z'), Date.parse('2026-10-01T10:02:00.000Z')],
  ] as const)('stand on the same axis of the %s', (over, trainEnd, testEnd) => {
    const lines = curvesOf([shown()], 'Loss', over, 0)
    const ends = lines.map((line) => readingsAt([line], testEnd)[0]!.x)
    expect(ends[0]).toBeCloseTo(trainEnd, 3)
    expect(ends[1]).toBe(testEnd)
  })

  it('are those by the step alone until more of the run is known', () => {
    const history = new RunHistory('b')
    const run = { ...shown(), history }
    expect(curvesOf([run], 'Loss', 'step', 0).map(({ id }) => id)).toEqual(['a-train'])
    expect(curvesOf([run], 'Loss', 'wall', 0)).toEqual([])
  })

  it('say so when there is nothing yet', () => {
    const lines = curvesOf([{ ...shown(), history: new RunHistory('b') }], 'Loss', 'step', 0)
    expect(describeChart('Loss', lines, HORIZONTAL_AXES.step, LOSS_AXIS)).toBe('Loss. Nothing measured yet.')
  })
})

describe('what was changed during a run', () => {
  const changed = () => {
    const run = shown()
    run.history.detail.value = detail({
      createdAt: '2026-10-01T10:00:00.000Z',
      marks: [
        { step: 600, learningRate: 0.0005 },
        { step: 5000, learningRate: 0.1 },
      ],
    })
    return run
  }

  it.each([
    ['step', 600],
    ['epoch', 1],
    ['relative', 60],
    ['wall', Date.parse('2026-10-01T10:01:00.000Z')],
  ] as const)('stands at its step on the axis of the %s, once that is known', (over, x) => {
    const [mark, ...rest] = marksOf([changed()], over)
    expect(rest).toEqual([])
    expect(mark!.label).toBe('learning rate 0.0005')
    expect(mark!.x).toBeCloseTo(x, 3)
  })

  it('says whose it is among several runs', () => {
    expect(marksOf([changed(), shown()], 'step').map(({ label }) => label)).toEqual(['lenet: learning rate 0.0005'])
  })
})

describe('the epoch whose weights early stopping has kept', () => {
  const keeping = (keptEpoch: number | null) => {
    const run = shown()
    run.history.detail.value = detail({ createdAt: '2026-10-01T10:00:00.000Z', keptEpoch })
    return run
  }

  it.each([
    ['step', 600],
    ['epoch', 1],
    ['relative', 60],
    ['wall', Date.parse('2026-10-01T10:01:00.000Z')],
  ] as const)('is marked at its end on the axis of the %s', (over, x) => {
    expect(marksOf([keeping(1)], over)).toEqual([{ x, label: 'epoch 1 kept' }])
  })

  it('is marked of a run that has one, once it is known, and says whose it is among several', () => {
    expect(marksOf([keeping(null)], 'step')).toEqual([])
    expect(marksOf([keeping(3)], 'step')).toEqual([])
    expect(marksOf([keeping(2), shown()], 'epoch')).toEqual([{ x: 2, label: 'lenet: epoch 2 kept' }])
  })
})

describe('the numbers on the axes', () => {
  it('have three digits that mean something', () => {
    expect([2.3061, 0.06123, 0, 0.1, 0.0000123].map(formatLoss)).toEqual(['2.31', '0.0612', '0', '0.1', '1.2e-5'])
    expect([12_345, 5e9, 12_546_000_000].map(formatLoss)).toEqual(['12300', '5e9', '1.25e10'])
  })

  it('are percentages without needless digits', () => {
    expect([0.9, 0.985, 1].map(ACCURACY_AXIS.formatTick!)).toEqual(['90 %', '98.5 %', '100 %'])
  })

  it('say when it was in tenths of a second, on the clock, and as a moment', () => {
    expect([0, 7.25, 59.96, 61.4].map(HORIZONTAL_AXES.relative.format)).toEqual(['0:00', '0:07.3', '1:00', '1:01'])
    const { formatTick, formatExact } = HORIZONTAL_AXES.wall
    expect(formatTick!(new Date(2026, 9, 1, 12, 30).getTime())).toBe('12:30')
    expect(formatTick!(new Date(2026, 9, 1, 12, 30, 15).getTime())).toBe('12:30:15')
    expect(formatTick!(new Date(2026, 9, 1, 12, 30, 0, 500).getTime())).toBe('12:30:00.5')
    expect(formatTick!(new Date(2026, 9, 1, 12, 30, 15, 50).getTime())).toBe('12:30:15.050')
    expect(formatExact!(0)).toBe('1970-01-01T00:00:00.000Z')
  })
})
