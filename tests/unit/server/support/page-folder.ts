import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small built page in a folder of its own. */
export class PageFolder {
  readonly parent = mkdtempSync(join(tmpdir(), 'signum-page-'))
  readonly path = join(this.parent, 'renderer')

  constructor() {
    mkdirSync(join(this.path, 'assets'), { recursive: true })
    writeFileSync(join(this.parent, 'secret.html'), 'secret')
    writeFileSync(join(this.path, 'index.html'), '<!doctype html><title>Signum</title>')
    writeFileSync(join(this.path, 'assets/index-4f2a.js'), 'export {}')
    writeFileSync(join(this.path, 'assets/inter-9c1b.woff2'), new Uint8Array([0, 255]))
    writeFileSync(join(this.path, 'notes.unknown'), 'not for serving')
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true })
  }
}
