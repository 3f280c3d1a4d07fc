import * as tf from '@tensorflow/tfjs-core'
import type { Operations, PoolingGeometry } from '../operation.ts'
import { cropImage, padImage } from '../padding.ts'
import type { Executor } from './executor.ts'

/**
 * Max pooling by oneDNN's kernels inside TensorFlow, which remember the place of every maximum: MaxPoolGrad searches
 * for it again and takes 20 times as long (10.9 ms against 0.5 for 100×24×24×64 on two Zen 4 cores).
 *
 * The kernels are internal to TensorFlow. They are tried once; where they are missing or disagree, the answer is null.
 */
export function onednnMaxPooling(executor: Executor): Operations['maxPooling'] | null {
  const pool = poolingBy(executor)
  return agreesWithFirstOfEquals(pool) ? pool : null
}

function poolingBy(executor: Executor): Operations['maxPooling'] {
  const attributes = ({ kernelSize, stride }: PoolingGeometry) => [
    executor.floatType(),
    executor.integers('ksize', [1, kernelSize, kernelSize, 1]),
    executor.integers('strides', [1, stride, stride, 1]),
    executor.integers('explicit_paddings', []),
    executor.text('padding', 'VALID'),
    executor.text('data_format', 'NHWC'),
    executor.flag('workspace_enabled', true),
    executor.text('_kernel', 'MklNameChangeOp'),
  ]
  return (input, geometry) => {
    const padded = padImage(input, geometry.padding, -Infinity)
    const [output, places] = executor.runMultiple('_MklNativeMaxPool', attributes(geometry), [padded], 2)
    return {
      output: output!,
      gradient: (upstream) =>
        tf.tidy(() => {
          const inputs = [padded, output!, upstream, places!] as const
          return cropImage(executor.run('_MklNativeMaxPoolGrad', attributes(geometry), ...inputs), geometry.padding)
        }),
    }
  }
}

/** Whether the kernels are there and the first of equal values takes the gradient, as in PyTorch. */
function agreesWithFirstOfEquals(pool: Operations['maxPooling']): boolean {
  try {
    return tf.tidy(() => {
      const { output, gradient } = pool(tf.tensor4d([-1, 1, 1, 1], [1, 2, 2, 1]), {
        kernelSize: 2,
        stride: 2,
        padding: 0,
      })
      const found = [...output.dataSync(), ...gradient(tf.tensor4d([3], [1, 1, 1, 1])).dataSync()]
      return found.join() === '1,0,3,0,0'
    })
  } catch {
    return false
  }
}
