import type { DoctorCheck } from '#shared/contract/methods.ts'
import { datasetChecks } from './doctor/datasets.ts'
import {
  checkAutoBackend,
  checkBrowser,
  checkCompiler,
  checkElectron,
  checkKernels,
  checkNode,
  checkTensorflow,
} from './doctor/machine.ts'

/** Looks at what is installed, without changing or loading any of it. */
export async function doctor(): Promise<DoctorCheck[]> {
  return [
    checkNode(),
    checkElectron(),
    checkTensorflow(),
    checkKernels(),
    checkAutoBackend(),
    await checkCompiler(),
    checkBrowser(),
    ...datasetChecks(),
  ]
}
