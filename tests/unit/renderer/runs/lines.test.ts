import { describe, expect, it } from 'vitest'
import { describe as describeChart } from '../../../../renderer/charts/describe.ts'
import { ACCURACY_AXIS, EPOCH_AXIS, formatLoss, LOSS_AXIS, STEP_AXIS } from '../../../../renderer/features/runs/axes.ts'
import { epochLines, stepLines } from '../../../../renderer/features/runs/lines.ts'
import { RunHistory } from '../../../../renderer/stores/runHistory.ts'
import { epoch, steps } from '../runFixtures.ts'

function shown() {
  const history = new RunHistory('a')
  history.append(steps(1, 20))
  history.setEpochs([epoch(1), epoch(2)])
  return { id: 'a', name: 'lenet', colour: 'run-1', binary: true, history }
}

describe('the lines of a run', () => {
  it('are the loss of every step, over steps or over time', () => {
    const run = shown()
    const [overSteps] = stepLines([run], 'step', 0)
    expect(describeChart('Loss', [overSteps!], STEP_AXIS, LOSS_AXIS)).toBe('Loss. lenet: 0.05 at step 20.')
    const [overTime] = stepLines([run], 'time', 0.6)
    expect(overTime!.x.at(19)).toBe(2)
    expect(overTime!.smoothing).toBe(0.6)
  })

  it('are training solid and test dashed for every epoch', () => {
    const [train, test] = epochLines([shown()], 'Accuracy')
    expect([train!.dashed, test!.dashed]).toEqual([false, true])
    expect(train!.mark).toBe('hollow')
    expect(describeChart('Accuracy', [train!, test!], EPOCH_AXIS, ACCURACY_AXIS)).toBe(
      'Accuracy. lenet, train: 95.00 % at epoch 2. lenet, test: 94.00 % at epoch 2.',
    )
  })

  it('say so when there is nothing yet', () => {
    const run = { ...shown(), history: new RunHistory('b') }
    expect(describeChart('Loss', stepLines([run], 'step', 0), STEP_AXIS, LOSS_AXIS)).toBe('Loss. Nothing measured yet.')
  })
})

describe('the numbers on the axes', () => {
  it('have three digits that mean something', () => {
    expect([2.3061, 0.06123, 0, 0.1, 0.0000123].map(formatLoss)).toEqual(['2.31', '0.0612', '0', '0.1', '1.2e-5'])
  })

  it('are percentages without needless digits', () => {
    expect([0.9, 0.985, 1].map(ACCURACY_AXIS.formatTick!)).toEqual(['90 %', '98.5 %', '100 %'])
  })
})
