import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockFolder } from '#electron/store/folder-lock.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

it('lets one holder in and names it to the next', () => {
  using folder = temporaryFolder()
  const lock = join(folder.path, 'lab.lock')
  const release = lockFolder(lock, folder.path)
  expect(() => lockFolder(lock, folder.path)).toThrowError(
    expect.objectContaining({
      code: 'data_folder_busy',
      message: expect.stringContaining(`in use by process ${process.pid}`) as string,
    }),
  )
  release()
  lockFolder(lock, folder.path)()
})

it.each(['', 'not a database at all', '\0'.repeat(8192)])('takes a damaged lock file over (%#)', (content) => {
  using folder = temporaryFolder()
  const lock = join(folder.path, 'lab.lock')
  writeFileSync(lock, content)
  const release = lockFolder(lock, folder.path)
  expect(() => lockFolder(lock, folder.path)).toThrowError(expect.objectContaining({ code: 'data_folder_busy' }))
  release()
})
