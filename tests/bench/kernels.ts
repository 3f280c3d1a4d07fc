/**
 * What each kernel of a training step of LeNet takes, on every instruction set of this machine.
 *
 *     node tests/bench/kernels.ts [--threads 1] [--isa avx2] [--json]
 *
 * Times are processor time for one thread, so that other work on the machine disturbs them little; where it does, the
 * median stands far above the best. `signum bench kernels` compares with float kernels and the processor's peaks.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { loadKernels } from '#electron/native/index.ts'

const run = promisify(execFile)
const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    isa: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

interface Measurement {
  readonly name: string
  readonly ms: number
  readonly bestMs: number
  readonly gmacPerSecond: number
}
interface Report {
  readonly isa: string
  readonly threads: number
  readonly measurements: readonly Measurement[]
}

const root = resolve(import.meta.dirname, '../..')

async function build(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/native-bench')
  mkdirSync(folder, { recursive: true })
  const program = join(folder, 'kernels')
  const kernels = join(root, 'electron/native/kernels')
  const sources = readdirSync(kernels, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.cpp') && !name.startsWith('reference'),
  )
  const flags = ['-std=c++17', '-O3', '-ffp-contract=off', '-fno-math-errno', '-Wno-maybe-uninitialized', '-pthread']
  const files = [join(import.meta.dirname, 'kernels.cpp'), ...sources.map((name) => join(kernels, name))]
  await run(process.env.CXX ?? 'c++', [...flags, ...files, '-o', program])
  return program
}

async function measure(program: string, isa: string): Promise<Report> {
  const { stdout } = await run(program, [values.threads], { env: { ...process.env, SIGNUM_ISA: isa } })
  return JSON.parse(stdout) as Report
}

function print({ isa, threads, measurements }: Report): void {
  console.log(`\n${isa}, ${threads} thread${threads === 1 ? '' : 's'}`)
  console.table(
    measurements.map(({ name, ms, bestMs, gmacPerSecond }) => {
      return { name, ms, best: bestMs, 'GMAC/s': gmacPerSecond || '' }
    }),
  )
}

const program = await build()
const isas = values.isa ? [values.isa] : (loadKernels()?.describe().available ?? ['scalar'])
for (const isa of isas.filter((name) => name !== 'scalar' || isas.length === 1)) {
  const report = await measure(program, isa)
  if (values.json) console.log(JSON.stringify(report))
  else print(report)
}
