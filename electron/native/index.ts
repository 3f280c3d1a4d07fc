import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { AddonDescription, Kernels, TensorflowKernels } from './kernels.ts'

/** Which kernels compute, for provenance and `signum doctor`. */
export type KernelsDescription =
  ({ readonly kind: 'native' } & AddonDescription) | { readonly kind: 'reference'; readonly reason: string }

const OUTPUT = 'electron/native/build/Release'

/** The file of an addon, looked for from here upwards: a bundle lies elsewhere than its source. */
function addonPath(name: string, from = import.meta.dirname): string | null {
  const path = join(from, OUTPUT, `${name}.node`)
  if (existsSync(path)) return path
  return dirname(from) === from ? null : addonPath(name, dirname(from))
}

interface Loaded<Addon> {
  readonly addon: Addon | null
  readonly reason: string
}

function load<Addon>(name: string): Loaded<Addon> {
  const path = addonPath(name)
  if (path === null) return { addon: null, reason: 'The C++ kernels are not compiled; run "npm run build:native".' }
  try {
    return { addon: createRequire(import.meta.url)(path) as Addon, reason: '' }
  } catch (error) {
    return { addon: null, reason: `The C++ kernels could not be loaded: ${String(error)}` }
  }
}

let kernels: Loaded<Kernels> | null = null
let tensorflowKernels: Loaded<TensorflowKernels> | null = null

/** Whether the C++ kernels are compiled, without loading them: for a process that must survive whatever they do. */
export function kernelsAreCompiled(): boolean {
  return addonPath('signum_kernels') !== null
}

/** The C++ kernels for typed arrays, or null where they are not compiled. */
export function loadKernels(): Kernels | null {
  kernels ??= load('signum_kernels')
  return kernels.addon
}

/**
 * Puts our operations into TensorFlow; null where they are not compiled for it. tfjs-node must be loaded before, so
 * that both use the same TensorFlow.
 */
export function loadTensorflowKernels(): TensorflowKernels | null {
  tensorflowKernels ??= load('signum_tensorflow')
  tensorflowKernels.addon?.registerOperations()
  return tensorflowKernels.addon
}

/** Loads the kernels and says what they are, or why the slow TypeScript reference has to stand in. */
export function describeKernels(): KernelsDescription {
  const addon = loadKernels()
  return addon ? { kind: 'native', ...addon.describe() } : { kind: 'reference', reason: kernels!.reason }
}
