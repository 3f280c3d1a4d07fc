import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** A new empty folder for each test, removed after it. */
export function temporaryFolder(): () => string {
  let path = ''
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'signum-setup-'))
  })
  afterEach(() => rmSync(path, { recursive: true, force: true }))
  return () => path
}
