import { describe, expect, it } from 'vitest'
import { preferredBackend } from '#electron/engine/backends/preferred.ts'
import { selectBackend } from '#electron/engine/backends/select.ts'
import { loadKernels } from '#electron/native/index.ts'
import { tensorflow } from '../support.ts'

describe('the backend', () => {
  it('is the native one where it is asked for, on one thread unless it has kernels', async () => {
    const backend = await selectBackend('native', 8)
    expect(backend).toMatchObject({ name: 'native', threads: backend.kernels === null ? 1 : 8 })
    expect(backend.version).toMatch(/^TF\.js \d+\.\d+\.\d+ /)
  })

  it.skipIf(!tensorflow)('is TensorFlow where it can be had, with its version', async () => {
    expect(await selectBackend('auto', 1, 'tensorflow')).toMatchObject({
      name: 'tensorflow',
      threads: 1,
      version: expect.stringMatching(/^TensorFlow \d+\.\d+/),
    })
  })

  it.skipIf(tensorflow)(
    'is the native one where TensorFlow cannot be had, unless TensorFlow is asked for',
    async () => {
      expect((await selectBackend('auto', null)).name).toBe('native')
      await expect(selectBackend('tensorflow', null)).rejects.toMatchObject({
        code: 'backend_unavailable',
        message: expect.stringContaining('"native"'),
      })
    },
  )

  it.skipIf(!loadKernels())('is the native one where that is known to be the faster', async () => {
    expect((await selectBackend('auto', 1, 'native')).name).toBe('native')
  })

  it('that "auto" tries first is TensorFlow, unless the environment names the native one', () => {
    expect(preferredBackend({})).toBe('tensorflow')
    expect(preferredBackend({ SIGNUM_AUTO_BACKEND: 'native' })).toBe('native')
    expect(preferredBackend({ SIGNUM_AUTO_BACKEND: 'abacus' })).toBe('tensorflow')
  })
})
