import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { DoctorCheck } from '#shared/contract/methods.ts'
import { installedBrowser } from '../browser/installed.ts'
import { isPackedBrowserUsable } from '../browser/packed.ts'
import { electronBinary, electronObstacle } from '../electron.ts'
import { describeTimes, fasterOf, rememberedTimes } from '../fastest-backend.ts'
import { kernelsState } from '../kernels.ts'
import { failureMemory } from '../memory.ts'
import { tensorflowMemory } from '../tensorflow.ts'
import { compiler } from '../tensorflow/compile.ts'
import { linkedTree, verifiedVersion } from '../tensorflow/loading.ts'

const VERSION_LIMIT_MS = 10_000
const WANTED_NODE = 24

export function checkNode(version = process.versions.node): DoctorCheck {
  const isNewEnough = Number.parseInt(version, 10) >= WANTED_NODE
  return {
    id: 'node',
    label: 'Node',
    status: isNewEnough ? 'ok' : 'missing',
    detail: isNewEnough ? `${version} at ${process.execPath}` : `${version} is too old: Signum needs ${WANTED_NODE}.`,
  }
}

export function checkElectron(path = electronBinary(), obstacle = electronObstacle()): DoctorCheck {
  const check = { id: 'electron', label: 'Electron' }
  if (path === null) {
    const reason = failureMemory('electron').recall()
    const why = reason === null ? 'Not installed' : `Not installed (${reason})`
    return { ...check, status: 'warning', detail: `${why}; the lab opens in the browser.` }
  }
  if (obstacle !== null) {
    return { ...check, status: 'warning', detail: `${path}, but ${obstacle}; the lab opens in the browser.` }
  }
  return { ...check, status: 'ok', detail: path }
}

export function checkTensorflow(version = verifiedVersion(), place = linkedTree()): DoctorCheck {
  const check = { id: 'tensorflow', label: 'TensorFlow' }
  if (version !== null) return { ...check, status: 'ok', detail: place === null ? version : `${version} from ${place}` }
  const reason = tensorflowMemory().recall()
  return {
    ...check,
    status: 'warning',
    detail:
      reason === null ? 'Not prepared yet: "npm start" does it.' : `Not here (${reason}); Signum computes by itself.`,
  }
}

export function checkKernels(state = kernelsState()): DoctorCheck {
  return { id: 'kernels', label: 'C++ kernels', status: state.ready ? 'ok' : 'warning', detail: state.detail }
}

/** Which backend `auto` takes here, and why. */
export function checkAutoBackend(
  times = rememberedTimes(),
  hasTensorflow = verifiedVersion() !== null,
  hasKernels = kernelsState().ready,
): DoctorCheck {
  const check = { id: 'backend', label: 'Backend "auto"', status: 'ok' } as const
  if (!hasTensorflow) {
    const pace = hasKernels
      ? 'TensorFlow is not here'
      : 'neither TensorFlow nor the kernels are here: LeNet trains thousands of times slower'
    return { ...check, status: hasKernels ? 'ok' : 'warning', detail: `native (${pace})` }
  }
  if (!hasKernels) return { ...check, detail: 'tensorflow (the kernels are not here)' }
  if (times === null) {
    return { ...check, detail: 'tensorflow (not measured yet: "npm start" or "signum doctor --measure" does it)' }
  }
  return { ...check, detail: `${fasterOf(times)}, the faster here (${describeTimes(times)})` }
}

export async function checkCompiler(path = compiler()): Promise<DoctorCheck> {
  const check = { id: 'compiler', label: 'C++ compiler' }
  if (path === null) {
    return {
      ...check,
      status: 'warning',
      detail: 'Not found; TensorFlow and the kernels cannot be prepared without one.',
    }
  }
  return { ...check, status: 'ok', detail: (await firstLine(path, ['--version'])) || path }
}

/**
 * What a program says first; nothing where it fails. Not by `run`, which ends this process with the program on a signal:
 * a lab that is asked for its doctor has runs to save first.
 */
async function firstLine(program: string, args: readonly string[]): Promise<string> {
  const options = { timeout: VERSION_LIMIT_MS }
  const { stdout } = await promisify(execFile)(program, args, options).catch(() => ({ stdout: '' }))
  return stdout.split('\n')[0]!.trim()
}

export function checkBrowser(path = installedBrowser(), isPackedUsable = isPackedBrowserUsable()): DoctorCheck {
  const check = { id: 'browser', label: 'Browser for the tests' }
  if (path !== null) return { ...check, status: 'ok', detail: path }
  if (isPackedUsable) return { ...check, status: 'ok', detail: 'Chromium from its npm package' }
  return { ...check, status: 'warning', detail: 'No Chromium found; only the end-to-end tests need one.' }
}
