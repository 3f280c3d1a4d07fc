import { describe, expect, it } from 'vitest'
import { lastLine, run } from '#electron/setup/command.ts'

const LIMIT_MS = 30_000
const node = (script: string, limitMs = LIMIT_MS) => run(process.execPath, ['-e', script], { limitMs })

describe('run', () => {
  it('brings what was printed', async () => {
    const result = await node('console.log("out"); console.error("err")')
    expect(result).toEqual({ ok: true, timedOut: false, stdout: 'out\n', stderr: 'err\n' })
  })

  it('is not ok after another exit code', async () => {
    expect((await node('process.exit(3)')).ok).toBe(false)
  })

  it('does not throw for a program that is not there', async () => {
    const result = await run('no-such-program', [], { limitMs: LIMIT_MS })
    expect(result.ok).toBe(false)
    expect(result.stderr).toContain('ENOENT')
  })

  it.skipIf(process.platform === 'win32')('ends a command that takes too long, and what it started', async () => {
    const inner = 'setInterval(() => {}, 1000)'
    const outer = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: 'inherit' })
      console.log(child.pid)
      ${inner}`
    // The grandchild holds the pipes: this only settles because it is ended too.
    const result = await node(outer, 1_000)
    expect(result.timedOut).toBe(true)
    expect(result.ok).toBe(false)
    expect(lastLine(result)).toBe('it took too long')
  })
})

describe('lastLine', () => {
  it('is the last one with words in it', () => {
    expect(lastLine({ ok: false, timedOut: false, stdout: '', stderr: 'first\nlast\n\n' })).toBe('last')
    expect(lastLine({ ok: false, timedOut: false, stdout: '', stderr: '' })).toBe('it said nothing')
  })
})
