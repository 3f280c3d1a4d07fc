import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { electronBinary, electronObstacle, findElectron, type ElectronProbes } from '#electron/setup/electron.ts'
import { temporaryFolder } from './folder.ts'

function probes(changes: Partial<ElectronProbes> = {}): ElectronProbes {
  return {
    obstacle: () => null,
    binary: () => null,
    recall: () => null,
    remember: vi.fn(() => Promise.resolve()),
    download: vi.fn(() => Promise.resolve()),
    ...changes,
  }
}

describe('findElectron', () => {
  it('takes the binary that is there without a download', async () => {
    const given = probes({ binary: () => '/opt/electron' })
    expect(await findElectron(given)).toEqual({ path: '/opt/electron', reason: null })
    expect(given.download).not.toHaveBeenCalled()
  })

  it('downloads it on a fresh machine', async () => {
    let installed = false
    const given = probes({
      binary: () => (installed ? '/new/electron' : null),
      download: () => {
        installed = true
        return Promise.resolve()
      },
    })
    expect(await findElectron(given)).toEqual({ path: '/new/electron', reason: null })
  })

  it('remembers a failed download', async () => {
    const given = probes({ download: () => Promise.reject(new Error('github.com cannot be reached')) })
    expect(await findElectron(given)).toEqual({ path: null, reason: 'github.com cannot be reached' })
    expect(given.remember).toHaveBeenCalledExactlyOnceWith('github.com cannot be reached')
  })

  it('does not try again on the day it failed', async () => {
    const given = probes({ recall: () => 'github.com cannot be reached' })
    expect((await findElectron(given)).reason).toBe('github.com cannot be reached')
    expect(given.download).not.toHaveBeenCalled()
  })

  it('does not download what could not open a window', async () => {
    const given = probes({ obstacle: () => 'there is no screen' })
    expect((await findElectron(given)).reason).toBe('there is no screen')
    expect(given.download).not.toHaveBeenCalled()
  })

  it('says so when the installer reports success and leaves nothing', async () => {
    expect((await findElectron(probes())).reason).toBe('its installer left no program')
  })
})

describe('electronBinary', () => {
  const folder = temporaryFolder()

  function install(name = 'electron'): string {
    mkdirSync(join(folder(), 'dist'))
    const path = join(folder(), 'dist', name)
    writeFileSync(path, '')
    return path
  }

  it('is null where the package came without its binary', () => {
    expect(electronBinary(folder(), {})).toBeNull()
  })

  it('reads its name from path.txt', () => {
    const path = install('program')
    writeFileSync(join(folder(), 'path.txt'), 'program')
    expect(electronBinary(folder(), {})).toBe(path)
  })

  it('is null after a download that was cut off before it named its program', () => {
    install()
    expect(electronBinary(folder(), {})).toBeNull()
  })

  it('is null when path.txt names a program that is gone', () => {
    writeFileSync(join(folder(), 'path.txt'), 'electron')
    expect(electronBinary(folder(), {})).toBeNull()
  })

  it.runIf(process.platform === 'linux')('follows ELECTRON_OVERRIDE_DIST_PATH', () => {
    const path = install()
    expect(electronBinary('/nowhere', { ELECTRON_OVERRIDE_DIST_PATH: join(folder(), 'dist') })).toBe(path)
  })
})

describe('electronObstacle', () => {
  it.each([
    [{}, 1000, 'there is no screen'],
    [{ DISPLAY: ':0' }, 0, 'it does not run as root'],
    [{ DISPLAY: ':0' }, 1000, null],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
  ])('on Linux with %o as user %i is %s', (environment, userId, obstacle) => {
    expect(electronObstacle(environment, 'linux', userId)).toBe(obstacle)
  })

  it('is none on a Mac', () => {
    expect(electronObstacle({}, 'darwin', 501)).toBeNull()
  })
})
