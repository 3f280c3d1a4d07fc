import { expect, it } from 'vitest'
import { gatherBatch, scalePixels } from '#electron/engine/datasets/batch.ts'
import { describeOnEveryBackend } from '../support.ts'

describeOnEveryBackend('a batch', () => {
  const shape = { height: 1, width: 2, channels: 1 }
  const split = { count: 3, pixels: Uint8Array.of(0, 51, 102, 153, 204, 255), labels: Uint8Array.of(7, 8, 9) }

  it('holds the images from a place on, as floats in [0, 1]', () => {
    const batch = gatherBatch(shape, split, 1, 2)
    expect(batch.images.shape).toEqual([2, 1, 2, 1])
    expect([...batch.images.dataSync()]).toEqual([102, 153, 204, 255].map((byte) => Math.fround(byte / 255)))
    expect([...batch.labels.dataSync()]).toEqual([8, 9])
    expect([...batch.classes]).toEqual([8, 9])
    batch.dispose()
  })

  it('follows the order it is given', () => {
    const batch = gatherBatch(shape, split, 1, 2, Uint32Array.of(1, 2, 0))
    expect([...batch.classes]).toEqual([9, 7])
    expect([...batch.images.dataSync()]).toEqual([204, 255, 0, 51].map((byte) => Math.fround(byte / 255)))
    batch.dispose()
  })

  it('scales each byte as a division in float32 does', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const divided = Array.from(bytes, (byte) => Math.fround(Math.fround(byte) / Math.fround(255)))
    expect([...scalePixels(bytes)]).toEqual(divided)
  })
})
