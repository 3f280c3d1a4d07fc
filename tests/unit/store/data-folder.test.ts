import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDataFolder, resolveDataFolder } from '#electron/store/data-folder.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

describe('where the data folder is', () => {
  const home = '/home/ada'

  it.each([
    ['--data-dir before all else', '/a', { SIGNUM_DATA_DIR: '/b' }, 'linux', '/a'],
    ['SIGNUM_DATA_DIR next', undefined, { SIGNUM_DATA_DIR: '/b', XDG_DATA_HOME: '/x' }, 'linux', '/b'],
    ['XDG_DATA_HOME on Linux', undefined, { XDG_DATA_HOME: '/x' }, 'linux', '/x/signum'],
    [
      'a relative XDG_DATA_HOME is ignored',
      undefined,
      { XDG_DATA_HOME: 'x' },
      'linux',
      '/home/ada/.local/share/signum',
    ],
    ['the home folder on Linux', undefined, {}, 'linux', '/home/ada/.local/share/signum'],
    ['Application Support on macOS', undefined, {}, 'darwin', '/home/ada/Library/Application Support/Signum'],
    ['APPDATA on Windows', undefined, { APPDATA: '/home/ada/Roaming' }, 'win32', '/home/ada/Roaming/Signum'],
  ] as const)('%s', (_name, asked, environment, platform, expected) => {
    expect(resolveDataFolder(asked, { environment, platform, home })).toBe(expected)
  })

  it('makes a relative path absolute', () => {
    expect(resolveDataFolder('lab', { home })).toBe(resolve('lab'))
  })
})

describe('a data folder', () => {
  it('is made with everything that belongs in it', () => {
    using folder = temporaryFolder()
    const { runs, models, backups, logs } = openDataFolder(join(folder.path, 'deep', 'lab'))
    for (const part of [runs, models, backups, logs]) expect(existsSync(part)).toBe(true)
  })

  it('that cannot be made is refused with its path and the fix', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'file')
    writeFileSync(file, '')
    expect(() => openDataFolder(join(file, 'lab'))).toThrowError(
      expect.objectContaining({
        code: 'data_folder_unwritable',
        message: expect.stringMatching(/file\/lab cannot be written \(ENOTDIR\).*--data-dir/) as string,
      }),
    )
  })
})
