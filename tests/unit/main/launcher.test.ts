import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as nodeProcess from 'node:process'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { EngineExit, EngineProcess } from '#electron/host/launcher.ts'
import { createUtilityLauncher } from '#electron/main/launcher.ts'
import { eventually } from '../../fixtures/eventually.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))
vi.mock('node:process', { spy: true })

describe('an engine in a utility process', () => {
  let folder: string
  let logFile: string
  let engine: EngineProcess
  let forked: fake.Forked
  const kill = vi.mocked(nodeProcess.kill)

  beforeEach(() => {
    fake.reset()
    kill.mockReset().mockReturnValue(true)
    folder = mkdtempSync(join(tmpdir(), 'signum-launcher-'))
    logFile = join(folder, 'engine.log')
    vi.stubEnv('SIGNUM_ISA', 'scalar')
    vi.stubEnv('NODE_OPTIONS', '--inspect')
    engine = createUtilityLauncher({ training: '/out/training.js', inference: '/out/inference.js' }, logFile).spawn(
      'training',
      { EXTRA: '1' },
    )
    forked = fake.utilityProcess.forked[0]!
  })

  afterEach(() => {
    forked.child.emit('exit', 0)
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is the bundled entry, with the surroundings it needs and nothing that changes Node', () => {
    expect(forked).toMatchObject({ entry: '/out/training.js', options: { serviceName: 'Signum training' } })
    expect(forked.options.env).toMatchObject({ EXTRA: '1', SIGNUM_ISA: 'scalar', PATH: process.env.PATH })
    expect(forked.options.env).not.toHaveProperty('NODE_OPTIONS')
  })

  test('is told and tells messages, typed arrays included', () => {
    engine.post({ type: 'train', floats: new Float32Array([1.5]) })
    expect(forked.child.posted).toEqual([{ type: 'train', floats: new Float32Array([1.5]) }])
    const heard: unknown[] = []
    engine.onMessage((message) => heard.push(message))
    forked.child.emit('message', { type: 'paused' })
    expect(heard).toEqual([{ type: 'paused' }])
  })

  test('has its output in the log', async () => {
    forked.child.stdout.print('out\n')
    forked.child.stderr.print('err\n')
    await eventually(() => expect(readFileSync(logFile, 'utf8')).toBe('out\nerr\n'))
  })

  test('is ended at once, and asking again after its end does no harm', () => {
    forked.child.pid = 4242
    engine.kill()
    expect(kill).toHaveBeenCalledExactlyOnceWith(4242, 'SIGKILL')
    kill.mockImplementation(() => {
      throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' })
    })
    engine.kill()
    forked.child.pid = undefined
    engine.kill()
    expect(kill).toHaveBeenCalledTimes(2)
  })

  test('that is ended before it has started is ended when it starts', () => {
    engine.kill()
    expect(kill).not.toHaveBeenCalled()
    forked.child.pid = 4242
    forked.child.emit('spawn')
    expect(kill).toHaveBeenCalledExactlyOnceWith(4242, 'SIGKILL')
  })

  test.runIf(process.platform !== 'win32').each([
    [0, { code: 0, signal: null }],
    [1, { code: 1, signal: null }],
    [9, { code: null, signal: 'SIGKILL' }],
    [11, { code: null, signal: 'SIGSEGV' }],
    [128 + 11, { code: null, signal: 'SIGSEGV' }],
    [128 + 6, { code: null, signal: 'SIGABRT' }],
    [255, { code: 255, signal: null }],
  ])('that ends with %i is told to have ended so, once', (code, exit) => {
    const heard: EngineExit[] = []
    engine.onExit((told) => heard.push(told))
    forked.child.emit('exit', code)
    forked.child.emit('exit', code)
    expect(heard).toEqual([exit])
  })
})
