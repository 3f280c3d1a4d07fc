import { join } from 'node:path'
import { loadKernels } from '#electron/native/index.ts'
import type { Program } from './contestant.ts'

const folder = join(import.meta.dirname, '../contestants')

export function pythonProgram(name: string, python: string, file: string, args: readonly string[]): Program {
  return { name, command: python, args: [join(folder, file), ...args] }
}

/** One of ours on a given instruction set. */
export function ownProgram(name: string, file: string, args: readonly string[], instructionSet: string): Program {
  const env = { SIGNUM_ISA: instructionSet }
  return { name: `${name}, ${instructionSet}`, command: process.execPath, args: [join(folder, file), ...args], env }
}

/** The instruction sets to measure: those that were named, separated by commas, or the best one here. */
export function instructionSets(named: string | undefined): string[] {
  const kernels = loadKernels()
  if (kernels === null) throw new Error('The C++ kernels are not compiled; run "npm run build:native".')
  const { available, instructionSet } = kernels.describe()
  const chosen = named?.split(',') ?? [instructionSet]
  const unknown = chosen.find((name) => !available.some((known) => known === name))
  if (unknown === undefined) return chosen
  throw new Error(`This machine has no "${unknown}". It has: ${available.join(', ')}.`)
}
