import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { kernelsAreCompiled } from '#electron/native/index.ts'
import { AUTO_BACKEND_VARIABLE, type BackendName } from '#electron/engine/protocol.ts'
import { run } from './command.ts'
import { writeNote } from './note.ts'
import { cacheFolder, projectFolder } from './places.ts'
import { say } from './report.ts'
import { verifiedVersion } from './tensorflow/loading.ts'

/** What was measured here: milliseconds of one training step of `lenet-binary` on each backend. */
export interface BackendTimes {
  readonly tensorflow: number
  readonly native: number
}

/** A colder first turn must not decide, so each backend has two, in turns, and its better one counts. */
const TURNS: readonly BackendName[] = ['tensorflow', 'native', 'tensorflow', 'native']
const STEPS = 12
const TURN_LIMIT_MS = 120_000

const memoryPath = () => join(cacheFolder(), 'fastest-backend.json')

/**
 * What the times depend on: this processor, the instruction set that was asked for, and TensorFlow's version. Null where
 * there is no choice, because TensorFlow or the kernels are missing. The shell asks at every start of an engine, so this
 * loads no native code.
 */
function conditions(): string | null {
  const version = verifiedVersion()
  if (version === null || !kernelsAreCompiled()) return null
  const processor = cpus()[0]?.model.trim() ?? 'unknown'
  return [processor, availableParallelism(), process.env.SIGNUM_ISA ?? 'best', version].join(' · ')
}

/** What was measured here under today's conditions, or null. */
export function rememberedTimes(expected: string | null = conditions()): BackendTimes | null {
  try {
    const note = JSON.parse(readFileSync(memoryPath(), 'utf8')) as Record<string, unknown>
    const { tensorflow, native } = note
    if (note.conditions !== expected || typeof tensorflow !== 'number' || typeof native !== 'number') return null
    return { tensorflow, native }
  } catch {
    // Nothing remembered, or nothing legible: both mean that nobody measured.
    return null
  }
}

export function fasterOf({ tensorflow, native }: BackendTimes): BackendName {
  return native < tensorflow ? 'native' : 'tensorflow'
}

/** The backend that was faster here; null where nobody measured, where there is no choice, or where a person chose. */
export function fastestBackend(): BackendName | null {
  if (process.env[AUTO_BACKEND_VARIABLE]) return null
  const times = rememberedTimes()
  return times && fasterOf(times)
}

/** Measures both backends unless that was done before, so that `auto` takes the faster one. Nothing here is fatal. */
export async function prepareFastestBackend(again = false): Promise<void> {
  const here = conditions()
  if (here === null) return
  if (!again && (process.env[AUTO_BACKEND_VARIABLE] || rememberedTimes(here))) return
  say('Measuring which backend trains faster on this machine (about ten seconds, once) ...')
  const times = await measure()
  if (times === null) return say('  It could not be measured; Signum trains on TensorFlow.')
  await writeNote(memoryPath(), { conditions: here, ...times })
  say(`  ${describeTimes(times)}.`)
}

/** Such as "native: 25.7 ms a step of lenet-binary, TensorFlow 29.4 ms". */
export function describeTimes(times: BackendTimes): string {
  const words = { native: 'the native backend', tensorflow: 'TensorFlow' }
  const first = fasterOf(times)
  const second = first === 'native' ? 'tensorflow' : 'native'
  return `${words[first]}: ${times[first].toFixed(1)} ms a step of lenet-binary, ${words[second]} ${times[second].toFixed(1)} ms`
}

async function measure(): Promise<BackendTimes | null> {
  const best: Record<BackendName, number> = { tensorflow: Infinity, native: Infinity }
  for (const backend of TURNS) best[backend] = Math.min(best[backend], await stepMs(backend))
  return Number.isFinite(best.tensorflow) && Number.isFinite(best.native) ? best : null
}

/** Milliseconds of one step, measured by the command line in a process of its own; infinite where that fails. */
async function stepMs(backend: BackendName): Promise<number> {
  const command = join(projectFolder, 'electron/cli/signum.mjs')
  const options = [
    'bench',
    'train',
    '--network',
    'lenet-binary',
    '--backend',
    backend,
    '--steps',
    String(STEPS),
    '--json',
  ]
  const { ok, stdout } = await run(process.execPath, [command, ...options], { limitMs: TURN_LIMIT_MS })
  return ok ? (JSON.parse(stdout) as { train: readonly { stepMs: number }[] }).train[0]!.stepMs : Infinity
}
