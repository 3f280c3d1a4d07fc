import { describe, expect, it } from 'vitest'
import { TrainingControls, type ControlledLoop } from '#electron/engine/training/controls.ts'

/** A loop that writes down what it is told. */
function listener() {
  const told: string[] = []
  const loop: ControlledLoop = {
    paused: () => void told.push('paused'),
    resumed: () => void told.push('resumed'),
    save: async () => void told.push('saved'),
    changeLearningRate: (rate) => void told.push(`rate ${rate}`),
  }
  return { told, ...loop }
}

describe('training controls', () => {
  it('let training go on', async () => {
    const { told, ...pauses } = listener()
    expect(await new TrainingControls().proceed(pauses, 'step')).toBe(true)
    expect(told).toEqual([])
  })

  it('hold training while paused and let it go on after that', async () => {
    const controls = new TrainingControls()
    const { told, ...pauses } = listener()
    controls.pause()
    const proceeding = controls.proceed({ ...pauses, paused: () => (pauses.paused(), controls.resume()) }, 'step')
    expect(await proceeding).toBe(true)
    expect(told).toEqual(['paused', 'resumed'])
    expect(await controls.proceed(pauses, 'step')).toBe(true)
    expect(told).toEqual(['paused', 'resumed'])
  })

  it('end training, also out of a pause', async () => {
    const running = new TrainingControls()
    running.stop()
    expect(await running.proceed(listener(), 'step')).toBe(false)

    const paused = new TrainingControls()
    const { told, ...pauses } = listener()
    paused.pause()
    expect(await paused.proceed({ ...pauses, paused: () => (pauses.paused(), paused.stop()) }, 'step')).toBe(false)
    expect(told).toEqual(['paused', 'resumed'])
  })

  it('do not pause a training that is being stopped', async () => {
    const controls = new TrainingControls()
    controls.stop()
    controls.pause()
    const { told, ...pauses } = listener()
    expect(await controls.proceed(pauses, 'step')).toBe(false)
    expect(told).toEqual([])
  })

  it('take commands that arrive while training computes', async () => {
    const controls = new TrainingControls()
    setImmediate(() => controls.stop())
    await controls.proceed(listener(), 'step')
    expect(await controls.proceed(listener(), 'step')).toBe(false)
  })

  it('train one batch and pause again, with the test that follows the last of an epoch', async () => {
    const controls = new TrainingControls()
    const { told, ...loop } = listener()
    controls.step('batch')
    expect(await controls.proceed(loop, 'step')).toBe(true)
    expect(await controls.proceed(loop, 'test')).toBe(true)
    controls.epochFinished()
    expect(told).toEqual([])
    const next = controls.proceed({ ...loop, paused: () => (loop.paused(), controls.step('batch')) }, 'step')
    expect(await next).toBe(true)
    expect(told).toEqual(['paused', 'resumed'])
  })

  it('train to the end of the epoch and pause there', async () => {
    const controls = new TrainingControls()
    const { told, ...loop } = listener()
    controls.step('epoch')
    for (const moment of ['step', 'step', 'test'] as const) expect(await controls.proceed(loop, moment)).toBe(true)
    expect(told).toEqual([])
    controls.epochFinished()
    expect(await controls.proceed({ ...loop, paused: () => (loop.paused(), controls.stop()) }, 'step')).toBe(false)
    expect(told).toEqual(['paused', 'resumed'])
  })

  it('save and change the learning rate while training goes on and while it is paused', async () => {
    const controls = new TrainingControls()
    const { told, ...loop } = listener()
    controls.save()
    controls.changeLearningRate(0.01)
    expect(await controls.proceed(loop, 'step')).toBe(true)
    expect(told).toEqual(['rate 0.01', 'saved'])
    controls.pause()
    const save = async () => {
      await loop.save()
      // Both come while the loop is busy with the first.
      controls.changeLearningRate(0.1)
      controls.resume()
    }
    expect(await controls.proceed({ ...loop, save, paused: () => (loop.paused(), controls.save()) }, 'step')).toBe(true)
    expect(told.slice(2)).toEqual(['paused', 'saved', 'rate 0.1', 'resumed'])
  })
})
