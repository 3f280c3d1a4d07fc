import { describe, expect, it } from 'vitest'
import { TrainingControls } from '#electron/engine/training/controls.ts'

function listener() {
  const told: string[] = []
  return { told, paused: () => void told.push('paused'), resumed: () => void told.push('resumed') }
}

describe('training controls', () => {
  it('let training go on', async () => {
    const { told, ...pauses } = listener()
    expect(await new TrainingControls().proceed(pauses)).toBe(true)
    expect(told).toEqual([])
  })

  it('hold training while paused and let it go on after that', async () => {
    const controls = new TrainingControls()
    const { told, ...pauses } = listener()
    controls.pause()
    const proceeding = controls.proceed({ ...pauses, paused: () => (pauses.paused(), controls.resume()) })
    expect(await proceeding).toBe(true)
    expect(told).toEqual(['paused', 'resumed'])
    expect(await controls.proceed(pauses)).toBe(true)
    expect(told).toEqual(['paused', 'resumed'])
  })

  it('end training, also out of a pause', async () => {
    const running = new TrainingControls()
    running.stop()
    expect(await running.proceed(listener())).toBe(false)

    const paused = new TrainingControls()
    const { told, ...pauses } = listener()
    paused.pause()
    expect(await paused.proceed({ ...pauses, paused: () => (pauses.paused(), paused.stop()) })).toBe(false)
    expect(told).toEqual(['paused', 'resumed'])
  })

  it('do not pause a training that is being stopped', async () => {
    const controls = new TrainingControls()
    controls.stop()
    controls.pause()
    const { told, ...pauses } = listener()
    expect(await controls.proceed(pauses)).toBe(false)
    expect(told).toEqual([])
  })

  it('take commands that arrive while training computes', async () => {
    const controls = new TrainingControls()
    setImmediate(() => controls.stop())
    await controls.proceed(listener())
    expect(await controls.proceed(listener())).toBe(false)
  })
})
