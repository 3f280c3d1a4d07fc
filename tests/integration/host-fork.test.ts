import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createForkLauncher } from '#electron/host/launchers/fork.ts'
import type { EngineExit } from '#electron/host/launcher.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

afterEach(() => vi.unstubAllEnvs())

/** Runs a script as an engine until it ends; returns what it said and how it ended. */
async function runEngine(script: string, options: { logFile?: string; environment?: Record<string, string> } = {}) {
  using folder = temporaryFolder()
  const entry = join(folder.path, 'engine.mjs')
  writeFileSync(entry, script)
  const launcher = createForkLauncher({
    entries: { training: entry, inference: entry },
    ...(options.logFile && { logFile: options.logFile }),
  })
  const engine = launcher.spawn('training', options.environment ?? {})
  const messages: unknown[] = []
  engine.onMessage((message) => messages.push(message))
  const exit = await new Promise<EngineExit>((resolve) => engine.onExit(resolve))
  return { messages, exit }
}

describe('an engine started as a child of Node', () => {
  it('says everything before its exit is told', async () => {
    const script = 'for (let i = 0; i < 500; i++) process.send(i); process.send("last", () => process.exit(4))'
    const { messages, exit } = await runEngine(`await new Promise(setImmediate); ${script}`)
    expect(messages).toHaveLength(501)
    expect(messages.at(-1)).toBe('last')
    expect(exit).toEqual({ code: 4, signal: null })
  })

  it('keeps typed arrays as they are', async () => {
    const { messages } = await runEngine('process.send(Float32Array.of(1.5, NaN), () => process.disconnect())')
    expect(messages[0]).toEqual(Float32Array.of(1.5, NaN))
  })

  it('tells the signal that ended it', async () => {
    const { exit } = await runEngine('process.kill(process.pid, "SIGKILL")')
    expect(exit).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('gets what it needs of the environment, and nothing that changes Node', async () => {
    vi.stubEnv('NODE_OPTIONS', '--no-warnings')
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1')
    vi.stubEnv('SIGNUM_ISA', 'scalar')
    vi.stubEnv('SECRET_TOKEN', 'x')
    const script = 'process.send({ ...process.env }, () => process.disconnect())'
    const { messages } = await runEngine(script, { environment: { SIGNUM_DATA_DIR: '/lab' } })
    const environment = messages[0] as Record<string, string>
    expect(environment).toMatchObject({ SIGNUM_ISA: 'scalar', SIGNUM_DATA_DIR: '/lab', PATH: process.env.PATH })
    for (const name of ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE', 'SECRET_TOKEN'])
      expect(environment).not.toHaveProperty(name)
  })

  it('prints into the log, which does not grow for ever', async () => {
    using folder = temporaryFolder()
    const logFile = join(folder.path, 'engine.log')
    writeFileSync(logFile, 'x'.repeat(5_000_001))
    await runEngine('console.log("hello"); console.error("trouble")', { logFile })
    expect(readFileSync(logFile, 'utf8')).toBe('hello\ntrouble\n')
    expect(statSync(`${logFile}.old`).size).toBe(5_000_001)
    expect(existsSync(`${logFile}.old.old`)).toBe(false)
  })

  it('that does not exist ends at once', async () => {
    const launcher = createForkLauncher({ entries: { training: '/nowhere.mjs', inference: '/nowhere.mjs' } })
    const engine = launcher.spawn('training', {})
    const exit = await new Promise<EngineExit>((resolve) => engine.onExit(resolve))
    expect(exit.code).toBe(1)
    expect(() => engine.post({ type: 'stop' })).not.toThrow()
  })
})
