import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { EarlyStopping } from '#electron/engine/training/early-stopping.ts'
import { concludingRemark } from '#electron/engine/training/remark.ts'
import { checkLeaks, native, useBackend } from '../support.ts'

const LOSS = { monitor: 'loss', patience: 2, minDelta: 0 } as const

describe('early stopping', () => {
  beforeAll(() => useBackend(native))
  checkLeaks()

  /** Looks at epochs with these values, the weight being the number of the epoch; returns when it would stop. */
  function watch(settings: ConstructorParameters<typeof EarlyStopping>[0], values: readonly number[]) {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([0])))
    const stopping = new EarlyStopping(settings, [{ name: 'weight', variable }])
    let stoppedAfter: number | null = null
    for (const [index, value] of values.entries()) {
      tf.tidy(() => variable.assign(tf.tensor1d([index + 1])))
      stopping.observe(index + 1, { loss: value, accuracy: value })
      if (stopping.isExhausted(index + 1)) {
        stoppedAfter = index + 1
        break
      }
    }
    const kept = stopping.kept
    const best = stopping.takeBest()
    const weight = variable.dataSync()[0]
    variable.dispose()
    return { stoppedAfter, best, weight, kept }
  }

  it('ends when the loss has not fallen for as long as its patience, and takes back the weights of the best epoch', () => {
    expect(watch(LOSS, [1, 0.5, 0.6, 0.5, 0.1])).toMatchObject({ stoppedAfter: 4, best: 2, weight: 2 })
  })

  it('goes on while the loss falls, however little', () => {
    expect(watch(LOSS, [1, 0.9, 0.95, 0.89, 0.99])).toMatchObject({ stoppedAfter: null, best: 4, weight: 4 })
  })

  it('does not count what improves by less than the smallest difference', () => {
    expect(watch({ ...LOSS, minDelta: 0.1 }, [1, 0.95, 0.91])).toMatchObject({ stoppedAfter: 3, best: 1, weight: 1 })
  })

  it('follows the accuracy upwards', () => {
    const settings = { ...LOSS, monitor: 'accuracy' } as const
    expect(watch(settings, [0.5, 0.8, 0.7, 0.8])).toMatchObject({ stoppedAfter: 4, best: 2, weight: 2 })
  })

  it('has nothing to give before its first epoch', () => {
    expect(watch(LOSS, [])).toEqual({ stoppedAfter: null, best: null, weight: 0, kept: null })
  })
})

describe('the remark at the end of a run', () => {
  const settings = { epochs: 10, earlyStopping: null, validation: 0 }
  const evaluation = { loss: 0.1, accuracy: 0.97 }
  const evaluations = new Map([
    [9, { loss: 0.2, accuracy: 0.98 }],
    [10, evaluation],
  ])
  const ending = {
    settings,
    learningRate: 0.001,
    classes: 10,
    epochsDone: 10,
    keptEpoch: null,
    evaluation,
    evaluations,
  }

  it('is none where nothing is unusual', () => {
    expect(concludingRemark(ending)).toBeNull()
    expect(concludingRemark({ ...ending, evaluation: null })).toBeNull()
  })

  it('says that a network is worse than guessing', () => {
    const remark = concludingRemark({
      ...ending,
      learningRate: 10,
      evaluation: { loss: 4213, accuracy: 0.3 },
    })
    expect(remark).toBe(
      'The test loss of 4.21e3 is worse than that of guessing, 2.30. The learning rate of 10 is probably too large.',
    )
  })

  it('says that a network has lost what it had learned, though its loss is only that of guessing', () => {
    const remark = concludingRemark({ ...ending, learningRate: 0.5, evaluation: { loss: 2.302, accuracy: 0.1135 } })
    expect(remark).toBe(
      'The test accuracy fell from 98.00 % after epoch 9 to 11.35 %. The learning rate of 0.5 is probably too large.',
    )
  })

  it('says why it stopped early and which weights it has', () => {
    const early = { ...settings, earlyStopping: LOSS }
    expect(concludingRemark({ ...ending, settings: early, epochsDone: 7, keptEpoch: 5 })).toBe(
      'Stopped early after epoch 7 of 10: the test loss had not improved for 2 epochs. It has the weights of epoch 5, the best by test loss.',
    )
    expect(concludingRemark({ ...ending, settings: early, keptEpoch: 9 })).toBe(
      'It has the weights of epoch 9, the best by test loss.',
    )
    expect(concludingRemark({ ...ending, settings: early, keptEpoch: 10 })).toBeNull()
    expect(concludingRemark({ ...ending, settings: { ...early, validation: 0.1 }, keptEpoch: 9 })).toBe(
      'It has the weights of epoch 9, the best by validation loss.',
    )
  })
})
