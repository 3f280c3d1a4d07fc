import { filterSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { RandomStream } from '../random.ts'

/** A layer with values to compute on. */
export interface LayerData {
  readonly geometry: ConvolutionGeometry
  /** NHWC. */
  readonly x: Float32Array
  /** HWIO. */
  readonly weights: Float32Array
}

/** Any values will do: no kernel's time depends on them. */
export function randomLayer(geometry: ConvolutionGeometry): LayerData {
  const random = new RandomStream([1, 2, 3, 4])
  const values = (count: number) => Float32Array.from({ length: count }, () => 2 * random.uniform() - 1)
  return {
    geometry,
    x: values(geometry.batch * geometry.height * geometry.width * geometry.inChannels),
    weights: values(filterSize(geometry) * geometry.outChannels),
  }
}
