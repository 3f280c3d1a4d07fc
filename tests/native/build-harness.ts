import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const root = resolve(import.meta.dirname, '../..')
const folders = ['electron/native/kernels', 'tests/native/harness'].map((folder) => join(root, folder))
const cache = join(root, 'node_modules/.cache/native-harness')

const FLAGS = [
  '-std=c++17',
  '-O1',
  '-g',
  '-Wall',
  '-Wextra',
  // GCC 12 warns inside its own header of AVX-512 intrinsics.
  '-Wno-uninitialized',
  '-Wno-maybe-uninitialized',
  '-ffp-contract=off',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=undefined',
]

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
    .sort()
}

/** Compiles kernels and tests with sanitizers, unless the same sources have been compiled before. */
export async function buildHarness(): Promise<string> {
  const hash = createHash('sha256').update(FLAGS.join(' '))
  for (const file of folders.flatMap((folder) => filesUnder(folder, /\.(cpp|h|inl)$/))) hash.update(readFileSync(file))
  const folder = join(cache, hash.digest('hex').slice(0, 16))
  const program = join(folder, 'harness')
  if (existsSync(program)) return program

  rmSync(cache, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const compiler = process.env.CXX ?? 'c++'
  const sources = folders.flatMap((from) => filesUnder(from, /\.cpp$/))
  const objects = sources.map((_, index) => join(folder, `${index}.o`))
  const queue = sources.map((source, index) => [source, objects[index]!] as const)
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      await run(compiler, [...FLAGS, '-c', next[0], '-o', next[1]])
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  await run(compiler, [...FLAGS, ...objects, '-pthread', '-o', program])
  return program
}

export interface HarnessResult {
  readonly passed: number
  readonly failures: readonly string[]
  readonly output: string
}

/** Runs every check once; a sanitizer's report or a crash rejects with its words. */
export async function runHarness(program: string, seed: number): Promise<HarnessResult> {
  // Failures also end the program with 1; its own list says more.
  const result = await run(program, [String(seed)], { encoding: 'utf8' }).catch(
    (error: { code?: unknown; stdout: string; stderr: string }) => {
      if (error.code === 1 && error.stderr === '') return error
      throw error
    },
  )
  const counts = /(\d+) passed, \d+ failed/.exec(result.stdout)
  return {
    passed: Number(counts?.[1] ?? 0),
    failures: result.stdout.split('\n').filter((line) => line.startsWith('FAILED')),
    output: result.stdout,
  }
}
