import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserArguments } from '#electron/setup/browser.ts'
import { installedBrowser } from '#electron/setup/browser/installed.ts'
import {
  checkBrowser,
  checkCompiler,
  checkElectron,
  checkKernels,
  checkNode,
  checkTensorflow,
} from '#electron/setup/doctor/machine.ts'
import { datasetChecks } from '#electron/setup/doctor/datasets.ts'
import { failureMemory } from '#electron/setup/memory.ts'
import { tensorflowMemory } from '#electron/setup/tensorflow.ts'
import { cacheFolder } from '#electron/setup/places.ts'
import { findProgram, programState } from '#electron/setup/programs.ts'
import { temporaryFolder } from './folder.ts'

const folder = temporaryFolder()
beforeEach(() => vi.stubEnv('SIGNUM_CACHE_DIR', join(folder(), 'cache')))
afterEach(() => vi.unstubAllEnvs())

describe.skipIf(process.platform === 'win32')('findProgram', () => {
  it('takes the first name that is an executable file on the path', () => {
    writeFileSync(join(folder(), 'first'), '')
    writeFileSync(join(folder(), 'second'), '')
    chmodSync(join(folder(), 'first'), 0o644)
    chmodSync(join(folder(), 'second'), 0o755)
    expect(findProgram(['first', 'second'], folder())).toBe(join(folder(), 'second'))
    expect(findProgram(['third'], folder())).toBeNull()
    expect(findProgram(['second'], '')).toBeNull()
  })
})

describe('programState', () => {
  it('changes when a program is replaced in place', () => {
    const path = join(folder(), 'compiler')
    expect(programState(null)).toBeNull()
    expect(programState(path)).toBeNull()
    writeFileSync(path, 'old')
    const before = programState(path)
    expect(programState(path)).toBe(before)
    writeFileSync(path, 'newer')
    expect(programState(path)).not.toBe(before)
  })

  it.skipIf(process.platform === 'win32')('has TensorFlow tried again with an upgraded compiler', async () => {
    vi.stubEnv('PATH', folder())
    writeFileSync(join(folder(), 'c++'), 'old', { mode: 0o755 })
    await tensorflowMemory().remember('the compiler is too old')
    expect(tensorflowMemory().recall()).toBe('the compiler is too old')
    writeFileSync(join(folder(), 'c++'), 'newer')
    expect(tensorflowMemory().recall()).toBeNull()
  })
})

describe('the browser for the tests', () => {
  it('is the one that SIGNUM_BROWSER names', () => {
    expect(installedBrowser({ SIGNUM_BROWSER: '/opt/browser', PATH: folder() })).toBe('/opt/browser')
  })

  it('goes without its sandbox only as root', () => {
    expect(browserArguments(0)).toContain('--no-sandbox')
    expect(browserArguments(1000)).not.toContain('--no-sandbox')
  })
})

describe('cacheFolder', () => {
  it('is where the platform keeps such things', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/caches' }, 'linux')).toBe('/caches/signum')
    expect(cacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/signum$/)
    expect(cacheFolder({ SIGNUM_CACHE_DIR: '/mine', XDG_CACHE_HOME: '/caches' }, 'linux')).toBe('/mine')
  })
})

describe('the checks of the machine', () => {
  it('name an old Node and what is wanted', () => {
    expect(checkNode('20.19.0')).toMatchObject({ status: 'missing', detail: '20.19.0 is too old: Signum needs 24.' })
    expect(checkNode('24.0.0').status).toBe('ok')
  })

  it('tell what happens without Electron, and why it is not there', async () => {
    expect(checkElectron(null, null).detail).toBe('Not installed; the lab opens in the browser.')
    await failureMemory('electron').remember('github.com cannot be reached')
    expect(checkElectron(null, null).detail).toContain('(github.com cannot be reached)')
    expect(checkElectron('/opt/electron', 'there is no screen').status).toBe('warning')
    expect(checkElectron('/opt/electron', null)).toMatchObject({ status: 'ok', detail: '/opt/electron' })
  })

  it("tell TensorFlow's version and where it comes from, or why there is none", async () => {
    expect(checkTensorflow('2.21.0', '/cache/tensorflow')).toMatchObject({
      status: 'ok',
      detail: '2.21.0 from /cache/tensorflow',
    })
    expect(checkTensorflow(null, null).detail).toContain('npm start')
    await tensorflowMemory().remember('python3 has no pip')
    expect(checkTensorflow(null, null).detail).toContain('python3 has no pip')
  })

  it('warn without kernels, a compiler or a browser', async () => {
    expect(checkKernels({ ready: false, detail: 'Not compiled' }).status).toBe('warning')
    expect((await checkCompiler(null)).status).toBe('warning')
    expect(checkBrowser(null, false).status).toBe('warning')
    expect(checkBrowser(null, true).status).toBe('ok')
  })

  it('need MNIST and can do without other datasets', () => {
    const dataset = {
      title: 'Images',
      height: 28,
      width: 28,
      channels: 1,
      classes: [],
      trainImages: 60_000,
      testImages: 10_000,
      available: false,
      hint: 'Get it there.',
    }
    const checks = datasetChecks([
      { ...dataset, name: 'mnist' },
      { ...dataset, name: 'fashion-mnist' },
      { ...dataset, name: 'other', available: true },
    ])
    expect(checks.map(({ status }) => status)).toEqual(['missing', 'warning', 'ok'])
    expect(checks.map(({ detail }) => detail)).toEqual(['Get it there.', 'Get it there.', '60,000 + 10,000 images'])
  })
})
