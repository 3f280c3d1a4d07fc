import type { Operations } from '../operations/operation.ts'

/** A loaded tensor runtime. It stays for the life of the process: neither TF.js nor TensorFlow can be unloaded. */
export interface Backend {
  readonly name: 'tensorflow' | 'native'
  /** Such as "TensorFlow 2.21.0". */
  readonly version: string
  /** Instruction set of the binary kernels, or null where none are used. */
  readonly kernels: string | null
  readonly threads: number
  readonly operations: Operations
}
