import * as tf from '@tensorflow/tfjs-core'
import { ARITHMETIC, COMPARISONS, FUNCTIONS, type Combine } from './fast-loops.ts'
import type { TypedArrayBackend } from './typed-array-backend.ts'

/** What a kernel gives, or null where TF.js's own must do it. */
type Attempt = (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[] | null

interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.Tensor>>
  readonly attrs: tf.NamedAttrMap
  readonly storage: TypedArrayBackend
}

/**
 * Replaces kernels of TF.js's, in the registry of a backend on typed arrays, by plain loops for the usual case: floats of
 * one shape, or with a scalar. TF.js looks up the place of every value there and takes memory anew, which made a composed
 * gradient a hundred times slower; functions of one value are called through a pointer for each. Everything else is left
 * to TF.js.
 */
export function registerFastKernels(backendName: string): void {
  for (const [name, operation] of Object.entries(ARITHMETIC)) {
    replace(backendName, name, (call) => combine(call, operation, (shape) => call.storage.create(shape)))
  }
  for (const [name, operation] of Object.entries(COMPARISONS)) {
    replace(backendName, name, (call) => combine(call, operation, (shape) => call.storage.createBytes(shape)))
  }
  for (const [name, operation] of Object.entries(FUNCTIONS)) {
    replace(backendName, name, ({ inputs: { x }, attrs, storage }) => {
      if (x!.dtype !== 'float32') return null
      const { tensor, values } = storage.create(x!.shape)
      operation(storage.floats(x!), values, attrs)
      return tensor
    })
  }
  replace(backendName, tf.LogicalAnd, both)
  replace(backendName, tf.Mean, meanOfAll)
  replace(backendName, tf.Tile, repeatScalar)
  replace(backendName, tf.Select, select)
  replace(backendName, tf.SplitV, splitChannels)
}

function replace(backendName: string, kernelName: string, attempt: Attempt): void {
  const { kernelFunc: general, ...config } = tf.getKernel(kernelName, backendName)
  tf.unregisterKernel(kernelName, backendName)
  tf.registerKernel({
    ...config,
    kernelFunc: (call) =>
      attempt({
        inputs: call.inputs as Record<string, tf.Tensor>,
        attrs: call.attrs ?? {},
        storage: call.backend as TypedArrayBackend,
      }) ?? general(call),
  })
}

/** The operand that gives the result its shape, where both are floats of that shape or one has a single value. */
function largerOf(a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo | null {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return null
  if (b.shape.length === 0 || tf.util.arraysEqual(a.shape, b.shape)) return a
  return a.shape.length === 0 ? b : null
}

function combine<Values>(
  { inputs: { a, b }, storage }: KernelCall,
  operation: Combine<Values>,
  create: (shape: readonly number[]) => { tensor: tf.Tensor; values: Values },
): tf.TensorInfo | null {
  const larger = largerOf(a!, b!)
  if (!larger) return null
  const { tensor, values } = create(larger.shape)
  const step = ({ shape }: tf.TensorInfo) => (shape.length > 0 ? 1 : 0)
  operation(storage.floats(a!), step(a!), storage.floats(b!), step(b!), values)
  return tensor
}

function both({ inputs: { a, b }, storage }: KernelCall): tf.TensorInfo | null {
  if (!tf.util.arraysEqual(a!.shape, b!.shape)) return null
  const [first, second] = [storage.bytes(a!), storage.bytes(b!)]
  const { tensor, values } = storage.createBytes(a!.shape)
  for (let index = 0; index < values.length; index++) values[index] = first[index]! & second[index]!
  return tensor
}

/** Summed in 64 bits. */
function meanOfAll({ inputs: { x }, attrs, storage }: KernelCall): tf.TensorInfo | null {
  const axes = tf.util.parseAxisParam(attrs.axis as number[], x!.shape)
  if (x!.dtype !== 'float32' || axes.length < x!.shape.length || attrs.keepDims) return null
  const from = storage.floats(x!)
  let sum = 0
  for (let index = 0; index < from.length; index++) sum += from[index]!
  const { tensor, values } = storage.create([])
  values[0] = sum / from.length
  return tensor
}

function repeatScalar({ inputs: { x }, attrs, storage }: KernelCall): tf.TensorInfo | null {
  if (x!.dtype !== 'float32' || tf.util.sizeFromShape(x!.shape) !== 1) return null
  const { tensor, values } = storage.create(attrs.reps as number[])
  values.fill(storage.floats(x!)[0]!)
  return tensor
}

function select({ inputs: { condition, t, e }, storage }: KernelCall): tf.TensorInfo | null {
  const isSame = ({ shape }: tf.TensorInfo) => tf.util.arraysEqual(shape, condition!.shape)
  if (condition!.dtype !== 'bool' || largerOf(t!, e!) === null || !isSame(t!) || !isSame(e!)) return null
  const [chooses, yes, no] = [storage.bytes(condition!), storage.floats(t!), storage.floats(e!)]
  const { tensor, values } = storage.create(t!.shape)
  for (let index = 0; index < values.length; index++) values[index] = chooses[index] ? yes[index]! : no[index]!
  return tensor
}

/** Along the last axis. */
function splitChannels({ inputs: { x }, attrs, storage }: KernelCall): tf.TensorInfo[] | null {
  const last = x!.shape.length - 1
  const axis = tf.util.parseAxisParam(attrs.axis as number, x!.shape)[0]!
  if (x!.dtype !== 'float32' || axis !== last) return null
  const sizes = tf.backend_util.prepareSplitSize(x! as tf.Tensor, attrs.numOrSizeSplits as number[], axis)
  const [channels, from] = [x!.shape[last]!, storage.floats(x!)]
  let first = 0
  return sizes.map((size) => {
    const { tensor, values } = storage.create([...x!.shape.slice(0, last), size])
    for (let to = 0, at = first; to < values.length; to += size, at += channels) {
      for (let channel = 0; channel < size; channel++) values[to + channel] = from[at + channel]!
    }
    first += size
    return tensor
  })
}
