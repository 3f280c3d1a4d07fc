import { prepareKernels } from '../kernels.ts'
import { prepareTensorflow } from '../tensorflow.ts'

/** What every command needs before the engine can compute at its best. Nothing here is fatal. */
export async function prepareEngine(): Promise<void> {
  await prepareTensorflow()
  await prepareKernels()
}
