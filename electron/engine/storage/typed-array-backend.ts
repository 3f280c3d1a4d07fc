import * as tf from '@tensorflow/tfjs-core'
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import { ArrayPool, type PooledArray } from './array-pool.ts'

type Values = tf.backend_util.BackendValues
type DataId = Parameters<MathBackendCPU['readSync']>[0]

/**
 * TF.js's CPU backend with pooled memory: every kernel of TF.js's works on it, and ours work on the arrays themselves.
 *
 * TF.js shares arrays freely: a slice may be a view of its source, a read hands out the storage. Pooled memory must
 * have one holder, so such views and reads are copied.
 */
export class TypedArrayBackend extends MathBackendCPU {
  readonly #pool = new ArrayPool()

  /** A new tensor and the array to write its values into, all of them. */
  create(shape: readonly number[]): { tensor: tf.Tensor; values: Float32Array } {
    const values = this.#pool.take(Float32Array, sizeOf(shape))
    return { tensor: this.#adopt(values, shape, 'float32'), values }
  }

  /** As `create`, of bytes. */
  createBytes(shape: readonly number[]): { tensor: tf.Tensor; values: Uint8Array } {
    const values = this.#pool.take(Uint8Array, sizeOf(shape))
    return { tensor: this.#adopt(values, shape, 'bool'), values }
  }

  /** The values of a tensor as they lie in memory; not to be kept, nor written. */
  floats({ dataId }: tf.Tensor): Float32Array {
    return this.data.get(dataId).values as Float32Array
  }

  bytes({ dataId }: tf.Tensor): Uint8Array {
    return this.data.get(dataId).values as Uint8Array
  }

  integers({ dataId }: tf.Tensor): Int32Array {
    return this.data.get(dataId).values as Int32Array
  }

  /** The values of a variable, to be changed where they lie: first moved to memory of their own if they share any. */
  changeable(variable: tf.Variable): Float32Array {
    const values = this.floats(variable)
    if (this.#pool.owns(values) && this.refCount(variable.dataId) === 1) return values
    const own = this.create(variable.shape)
    own.values.set(values)
    variable.assign(own.tensor)
    // Not by `tf.tidy`: that would look for tensors among the values it returns, one by one.
    own.tensor.dispose()
    return own.values
  }

  override write(values: Values, shape: number[], dtype: tf.DataType): object {
    return super.write(this.#unshared(values), shape, dtype)
  }

  override readSync(dataId: DataId): Values {
    return this.#unshared(super.readSync(dataId))
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined
    const released = super.disposeData(dataId, force)
    if (released && isPoolable(values) && this.#pool.owns(values)) this.#pool.giveBack(values)
    return released
  }

  #adopt(values: PooledArray, shape: readonly number[], dtype: 'float32' | 'bool'): tf.Tensor {
    const dataId = super.write(values, [...shape], dtype)
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype })
  }

  #unshared(values: Values): Values {
    return isPoolable(values) && this.#pool.owns(values) ? values.slice() : values
  }
}

function isPoolable(values: Values | undefined): values is PooledArray {
  return values instanceof Float32Array || values instanceof Uint8Array
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1)
}
