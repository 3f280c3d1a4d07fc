import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SignumError } from '#shared/contract/errors.ts'
import type { StepColumns } from '#shared/contract/runs.ts'
import type { LabConnection } from '../../../../renderer/rpc/connection.ts'
import { MemoryLab } from '../../../fixtures/memory-lab.ts'

/** One transport between a page and a lab, set up and torn down around each test. */
export interface Transport {
  connect(lab: MemoryLab): Promise<LabConnection>
  close(): Promise<void>
}

const STEPS: StepColumns = {
  from: 3,
  loss: new Float32Array([2.5, 1.25]),
  accuracy: new Float32Array([0.1, Number.NaN]),
  seconds: new Float32Array([0.5, 1]),
}

/** What every transport must do, whatever carries it. */
export function describeTransport(name: string, create: () => Transport): void {
  describe(name, () => {
    let transport: Transport
    let lab: MemoryLab
    let connection: LabConnection
    let held: PromiseWithResolvers<void>

    beforeEach(async () => {
      held = Promise.withResolvers()
      lab = new MemoryLab({
        'settings.get': () => ({ theme: 'dark' }),
        'settings.set': () => ({}),
        'runs.steps': ({ from }) => ({ ...STEPS, from: from ?? 1 }),
        'runs.evaluate': async () => {
          await held.promise
          return { testAccuracy: 0.5, images: 1, microsecondsPerImage: 1 }
        },
        'digits.predict': ({ runs, pixels }) => [{ runId: runs[0]!, probabilities: [...pixels], microseconds: 1 }],
        'runs.get': ({ id }) => {
          throw new SignumError('run_not_found', `There is no run "${id}".`, { place: { field: 'id', layerId: 'l1' } })
        },
        'runs.list': () => {
          throw new TypeError('a fault of ours')
        },
      })
      transport = create()
      connection = await transport.connect(lab)
      await connection.request('settings.get', {})
    })

    afterEach(async () => {
      connection.close()
      await transport.close()
    })

    test('answers a request', async () => {
      expect(await connection.request('settings.get', {})).toEqual({ theme: 'dark' })
    })

    test('carries floats both as columns and inside events', async () => {
      const received = Promise.withResolvers<unknown>()
      connection.subscribe('run.steps', received.resolve)
      const answer = await connection.request('runs.steps', { id: 'r1', from: 3 })
      expect(answer.loss).toBeInstanceOf(Float32Array)
      expect(answer).toEqual(STEPS)
      lab.emit('run.steps', { runId: 'r1', columns: STEPS })
      expect(await received.promise).toEqual({ runId: 'r1', columns: STEPS })
    })

    test('carries bytes', async () => {
      const pixels = new Uint8Array(784).map((_, index) => index % 256)
      const [answer] = await connection.request('digits.predict', { runs: ['r1'], pixels })
      expect(answer!.probabilities).toEqual([...pixels])
    })

    test("takes what Vue's reactivity has wrapped", async () => {
      const wrapped = new Proxy({ key: 'palette', value: new Proxy(['a'], {}) }, {})
      expect(await connection.request('settings.set', wrapped)).toEqual({})
    })

    test('answers requests in the order in which they are done, each to its own caller', async () => {
      const order: string[] = []
      const slow = connection.request('runs.evaluate', { id: 'r1' }).then(() => order.push('slow'))
      await connection.request('settings.get', {}).then(() => order.push('fast'))
      held.resolve()
      await slow
      expect(order).toEqual(['fast', 'slow'])
    })

    test('rejects with the code, sentence and place of the error', async () => {
      const error = await connection.request('runs.get', { id: 'nobody' }).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(SignumError)
      expect(error).toMatchObject({
        code: 'run_not_found',
        message: 'There is no run "nobody".',
        place: { field: 'id', layerId: 'l1' },
      })
    })

    test('calls a fault of ours internal, and logs it', async () => {
      const logged = vi.spyOn(console, 'error').mockReturnValue()
      await expect(connection.request('runs.list', {})).rejects.toMatchObject({ code: 'internal' })
      expect(logged).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('runs.list'), expect.any(TypeError))
      logged.mockRestore()
    })

    test('refuses a method that is not in the contract, prototype members included', async () => {
      for (const method of ['lab.destroy', 'toString', '__proto__', '']) {
        await expect(connection.request(method as never, {} as never)).rejects.toBeInstanceOf(SignumError)
      }
      await expect(connection.request('lab.destroy' as never, {} as never)).rejects.toMatchObject({
        code: 'unknown_method',
      })
    })

    test('refuses input that the contract does not allow', async () => {
      const wrong = { runs: [], pixels: new Uint8Array(1) }
      await expect(connection.request('digits.predict', wrong)).rejects.toMatchObject({
        code: 'invalid_request',
        place: { field: 'runs' },
      })
    })

    test('tells every listener of an event, until it stops', async () => {
      const heard: string[] = []
      const stop = connection.subscribe('lab.notice', ({ message }) => heard.push(`a ${message}`))
      connection.subscribe('lab.notice', ({ message }) => heard.push(`b ${message}`))
      connection.subscribe('networks.changed', () => heard.push('networks'))
      lab.emit('lab.notice', { message: '1' })
      await connection.request('settings.get', {})
      stop()
      lab.emit('lab.notice', { message: '2' })
      // Events and answers keep their order, so this answer comes after the event.
      await connection.request('settings.get', {})
      expect(heard).toEqual(['a 1', 'b 1', 'b 2'])
    })
  })
}
