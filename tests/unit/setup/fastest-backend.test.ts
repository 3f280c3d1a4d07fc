import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkAutoBackend } from '#electron/setup/doctor/machine.ts'
import { describeTimes, fasterOf, rememberedTimes } from '#electron/setup/fastest-backend.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
beforeEach(() => vi.stubEnv('SIGNUM_CACHE_DIR', join(folder(), 'cache')))
afterEach(() => vi.unstubAllEnvs())

const HERE = 'This processor · 2 · avx2 · 2.21.0'

function remember(text: string): void {
  mkdirSync(join(folder(), 'cache'), { recursive: true })
  writeFileSync(join(folder(), 'cache/fastest-backend.json'), text)
}

describe('the measured times of the backends', () => {
  it('are remembered as long as the machine is the same', () => {
    remember(JSON.stringify({ conditions: HERE, tensorflow: 30, native: 26 }))
    expect(rememberedTimes(HERE)).toEqual({ tensorflow: 30, native: 26 })
    expect(rememberedTimes('Another processor · 2 · avx2 · 2.21.0')).toBeNull()
    expect(rememberedTimes(null)).toBeNull()
  })

  it('are unknown where nobody measured or the note is damaged', () => {
    expect(rememberedTimes(HERE)).toBeNull()
    remember('{"conditions":')
    expect(rememberedTimes(HERE)).toBeNull()
    remember(JSON.stringify({ conditions: HERE, tensorflow: 30 }))
    expect(rememberedTimes(HERE)).toBeNull()
  })

  it('choose the faster one, TensorFlow where they are equal', () => {
    expect(fasterOf({ tensorflow: 30, native: 26 })).toBe('native')
    expect(fasterOf({ tensorflow: 26, native: 30 })).toBe('tensorflow')
    expect(fasterOf({ tensorflow: 30, native: 30 })).toBe('tensorflow')
    expect(describeTimes({ tensorflow: 29.44, native: 25.71 })).toBe(
      'the native backend: 25.7 ms a step of lenet-binary, TensorFlow 29.4 ms',
    )
  })
})

describe('the doctor about "auto"', () => {
  it.each([
    [{ tensorflow: 30, native: 26 }, true, true, 'ok', /^native, the faster here \(the native backend: 26\.0 ms/],
    [null, true, true, 'ok', /^tensorflow \(not measured yet: .*doctor --measure/],
    [null, false, true, 'ok', /^native \(TensorFlow is not here\)/],
    [null, true, false, 'ok', /^tensorflow \(the kernels are not here\)/],
    [null, false, false, 'warning', /^native \(neither .* thousands of times slower\)/],
  ] as const)('tells what it takes and why: %j', (times, hasTensorflow, hasKernels, status, words) => {
    expect(checkAutoBackend(times, hasTensorflow, hasKernels)).toMatchObject({
      status,
      detail: expect.stringMatching(words),
    })
  })
})
