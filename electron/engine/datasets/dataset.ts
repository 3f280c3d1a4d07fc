/** Images and labels as they lie in their files: one byte a pixel and channel, one byte a label. */
export interface ImageSplit {
  readonly count: number
  /** `count` × height × width × channels, 0 to 255. */
  readonly pixels: Uint8Array
  /** Class numbers. */
  readonly labels: Uint8Array
}

/** A dataset in memory. */
export interface ImageDataset {
  readonly name: string
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: readonly string[]
  readonly train: ImageSplit
  readonly test: ImageSplit
  /** SHA-256 over its uncompressed files in a fixed order, hexadecimal. */
  readonly sha256: string
}
