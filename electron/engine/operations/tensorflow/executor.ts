import type { Tensor } from '@tensorflow/tfjs-core'

export interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** The part of tfjs-node's backend that runs any TensorFlow operation by its name. */
export interface TensorflowBackend {
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_ATTR_INT', number> &
      Record<'TF_FLOAT' | 'TF_INT32', number>
  > & { readonly TF_Version: string }
  executeSingleOutput(name: string, attributes: Attribute[], inputs: Tensor[]): Tensor
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[]
}

/** Attributes in TensorFlow's notation, built for one backend. */
export class Executor {
  readonly #backend: TensorflowBackend

  constructor(backend: TensorflowBackend) {
    this.#backend = backend
  }

  run(name: string, attributes: Attribute[], ...inputs: Tensor[]): Tensor {
    return this.#backend.executeSingleOutput(name, attributes, inputs)
  }

  runMultiple(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[] {
    return this.#backend.executeMultipleOutputs(name, attributes, inputs, outputs)
  }

  floatType(name = 'T'): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_TYPE, value: this.#backend.binding.TF_FLOAT }
  }

  int32Type(name: string): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_TYPE, value: this.#backend.binding.TF_INT32 }
  }

  float(name: string, value: number): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_FLOAT, value }
  }

  integer(name: string, value: number): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_INT, value }
  }

  integers(name: string, value: number[]): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_INT, value }
  }

  flag(name: string, value: boolean): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_BOOL, value }
  }

  text(name: string, value: string): Attribute {
    return { name, type: this.#backend.binding.TF_ATTR_STRING, value }
  }
}
