import type { ConvolutionGeometry, PaddingValue } from '#shared/bits/convolution.ts'
import type { BitMatrix } from '#shared/bits/layout.ts'
import type { Thresholds } from '#shared/bits/thresholds.ts'

export interface PoolingWindow {
  readonly kernelSize: number
  readonly stride: number
  /** Padded pixels count as less than any value. */
  readonly padding: number
}

/** Pixels added on each side of an image. */
export interface Sides {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export type ActivationKind = 'tanh' | 'relu' | 'hardtanh'

/** y = x · scale + shift by channel, rounded once. */
export interface Affine {
  readonly kind: 'affine'
  readonly scale: Float32Array
  readonly shift: Float32Array
}

/** y = v > 0 ? v : v · slope, plus `after`, where v = x - before, by channel; every step is rounded. */
export interface Rectifier {
  readonly kind: 'rectifier'
  readonly before: Float32Array
  readonly slope: Float32Array
  readonly after: Float32Array
}

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
  /** The mean of each channel over the whole image, as the channels of one pixel. */
  | { readonly kind: 'global mean' }
  | Affine
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  | Rectifier
  /** The floats of an image as the channels of one pixel. */
  | { readonly kind: 'flatten' }
  /** Pixels of `value` around an image of floats. */
  | { readonly kind: 'border'; readonly sides: Sides; readonly value: number }
  /** Pixels around an image of bits; `ones` holds the bit of each channel. */
  | { readonly kind: 'bit border'; readonly sides: Sides; readonly ones: Uint8Array }
  /** From bits to the floats +1 and -1. */
  | { readonly kind: 'unpacking' }
  /** Sets the floats here aside; the next stage still takes them. Ways may branch off within each other. */
  | { readonly kind: 'keep' }
  /** Puts the floats kept last here, and keeps those here in their place. */
  | { readonly kind: 'swap' }
  /** The floats here plus those kept last, which are then no longer kept. */
  | { readonly kind: 'sum' }
  /** The channels of the floats here, then those of the floats kept last, which are then no longer kept. */
  | { readonly kind: 'concatenation' }

/** A packed network in the order in which it computes. */
export interface Stages {
  readonly input: { readonly height: number; readonly width: number; readonly channels: number }
  readonly stages: readonly Stage[]
  /** Values that leave the last stage for one image, as floats. */
  readonly outputs: number
}

/**
 * Where each stage stands in the kernels' plan, which has fewer: a comparison or a normalisation directly behind a
 * convolution is done to its sums before these leave the cache, and what only says which values come next is no work.
 * Such a stage has the place of the one before; those before all others have -1.
 */
export function kernelStages(stages: readonly Stage[]): number[] {
  let place = -1
  return stages.map(({ kind }, index) => {
    const before = stages[index - 1]
    const joins = (kind === 'comparison' || kind === 'affine') && before !== undefined && 'geometry' in before
    return joins || kind === 'keep' || kind === 'swap' ? place : ++place
  })
}
