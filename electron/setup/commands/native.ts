import { prepareKernels } from '../kernels.ts'
import { prepareTensorflow, tensorflowMemory } from '../tensorflow.ts'
import { say } from '../report.ts'

/** Compiles the C++ kernels anew, whatever failed before. Here, unlike in `start`, having none is a failure. */
export async function native(): Promise<number> {
  tensorflowMemory().forget()
  await prepareTensorflow()
  const missing = await prepareKernels(true)
  say(missing === null ? 'The C++ kernels are ready.' : `There are no C++ kernels: ${missing}.`)
  return missing === null ? 0 : 1
}
