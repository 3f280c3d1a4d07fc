import { createBitMatrix, getBit, setBit, type BitMatrix } from './layout.ts'

/** A pooling window over NHWC images packed along channels; windows that stick out are dropped, as in PyTorch. */
export interface PoolingGeometry {
  readonly batch: number
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly kernelSize: number
  readonly stride: number
}

/** The largest of ±1 values is the OR of their bits, the smallest the AND. */
export type BitPooling = 'or' | 'and'

export function pooledSize(geometry: PoolingGeometry): { height: number; width: number } {
  const along = (side: number) => Math.floor((side - geometry.kernelSize) / geometry.stride) + 1
  return { height: along(geometry.height), width: along(geometry.width) }
}

/** @param image batch · height · width rows of `channels` bits */
export function poolBits(geometry: PoolingGeometry, kind: BitPooling, image: BitMatrix): BitMatrix {
  const { batch, height, width, channels, kernelSize, stride } = geometry
  const out = pooledSize(geometry)
  const pooled = createBitMatrix(batch * out.height * out.width, channels)
  for (let row = 0; row < pooled.rows; row++) {
    const x = row % out.width
    const y = Math.floor(row / out.width) % out.height
    const n = Math.floor(row / (out.width * out.height))
    for (let channel = 0; channel < channels; channel++) {
      let ones = 0
      for (let ky = 0; ky < kernelSize; ky++)
        for (let kx = 0; kx < kernelSize; kx++)
          ones += getBit(image, (n * height + y * stride + ky) * width + x * stride + kx, channel)
      setBit(pooled, row, channel, kind === 'or' ? ones > 0 : ones === kernelSize * kernelSize)
    }
  }
  return pooled
}
