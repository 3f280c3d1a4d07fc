import type { ConvolutionGeometry, PaddingValue } from '#shared/bits/convolution.ts'
import type { BitMatrix } from '#shared/bits/layout.ts'
import type { Thresholds } from '#shared/bits/thresholds.ts'

export interface PoolingWindow {
  readonly kernelSize: number
  readonly stride: number
  /** Padded pixels count as less than any value. */
  readonly padding: number
}

export type ActivationKind = 'tanh' | 'relu' | 'hardtanh'

/**
 * One step of a packed network. A dense layer is the convolution whose kernel covers the whole image. Geometries have
 * batch 1.
 */
export type Stage =
  | {
      readonly kind: 'convolution'
      readonly geometry: ConvolutionGeometry
      readonly weights: Float32Array
      readonly bias: Float32Array | null
    }
  | {
      readonly kind: 'binary convolution'
      readonly geometry: ConvolutionGeometry
      readonly paddingValue: PaddingValue
      readonly filters: BitMatrix
      readonly bias: Float32Array | null
    }
  /** From floats to bits. */
  | { readonly kind: 'comparison'; readonly thresholds: Thresholds }
  /** The largest bit of each window, or the smallest in channels where `smallest` is 1. */
  | { readonly kind: 'bit pooling'; readonly window: PoolingWindow; readonly smallest: Uint8Array }
  | { readonly kind: 'pooling'; readonly window: PoolingWindow; readonly mean: boolean }
  | { readonly kind: 'affine'; readonly scale: Float32Array; readonly shift: Float32Array }
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  /** The floats of an image as the channels of one pixel. */
  | { readonly kind: 'flatten' }
  /** `size` pixels of `value` around an image of floats. */
  | { readonly kind: 'border'; readonly size: number; readonly value: number }
  /** From bits to the floats +1 and -1. */
  | { readonly kind: 'unpacking' }

/** A packed network in the order in which it computes. */
export interface Stages {
  readonly input: { readonly height: number; readonly width: number; readonly channels: number }
  readonly stages: readonly Stage[]
  /** Values that leave the last stage for one image, as floats. */
  readonly outputs: number
}
