/**
 * What flows between two layers: a shape and the width of one value.
 *
 * Shapes leave out the batch. Images are height × width × channels (NHWC, as in the engine), features a plain count.
 * `bits` is 1 where every value is known to be +1 or -1, in training too, else 32: only a 1-bit signal meeting 1-bit
 * weights can be computed with XOR and popcount.
 */
export type Shape =
  | { readonly kind: 'image'; readonly height: number; readonly width: number; readonly channels: number }
  | { readonly kind: 'features'; readonly count: number }

export type BitWidth = 1 | 32

export interface Signal {
  readonly shape: Shape
  readonly bits: BitWidth
  /** Bits that a trained network needs for one value, where a quantizer left fewer levels than floats have. */
  readonly width?: number
}

/** Bits that one value of a trained network takes. */
export const widthOf = ({ bits, width }: Signal) => width ?? bits

/** Number of values in one sample of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.kind === 'image' ? shape.height * shape.width * shape.channels : shape.count
}

/** Channels of an image, or features: what has a parameter of its own in layers such as BatchNorm. */
export function channelsOf(shape: Shape): number {
  return shape.kind === 'image' ? shape.channels : shape.count
}

/** A shape as people write it: `12×12×64` or `1024`. */
export function formatShape(shape: Shape): string {
  return shape.kind === 'image' ? `${shape.height}×${shape.width}×${shape.channels}` : `${shape.count}`
}
