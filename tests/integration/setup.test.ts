import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '#electron/setup/places.ts'

const OLD_NODE = join(projectFolder, 'tests/fixtures/setup/on-old-node.mjs')
const LAUNCHER = join(projectFolder, 'electron/setup/launch.mjs')

async function runNode(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  return { stdout, stderr, code }
}

describe('a script started by an old Node', () => {
  it('runs again under the Node that came with the packages, with its arguments and its exit code', async () => {
    const result = await runNode([OLD_NODE, '20.0.0', '--limit', '5'])
    expect(result).toEqual({ stdout: 'arguments: 20.0.0 --limit 5\n', stderr: '', code: 7 })
  })

  it('says what to do where there is none, instead of failing later', async () => {
    // To a process that was handed over already, there is no other Node to hand over to.
    const script = `import(${JSON.stringify(join(projectFolder, 'electron/setup/node.mjs'))})
      .then(({ runsOnLabNode }) => runsOnLabNode('file:///none', '20.0.0'))`
    const { stderr, code } = await runNode(['-e', script], { SIGNUM_HANDED_OVER: '1' })
    expect(stderr).toMatch(/^Signum needs Node 24 and this is Node 20\.0\.0: run "npm ci" in .+\n$/)
    expect(code).toBe(1)
  })

  it('runs as it is on a new one', async () => {
    expect((await runNode([OLD_NODE, '24.0.0'])).code).toBe(7)
  })
})

describe('the launcher', () => {
  it('names the commands there are when it does not know one', async () => {
    const { stdout, stderr, code } = await runNode([LAUNCHER, 'bogus'])
    expect(stderr).toMatch(/^There is no command "bogus"; choose one of start, .*test.*\.\n$/)
    expect(stdout).toBe('')
    expect(code).toBe(1)
  })
})
