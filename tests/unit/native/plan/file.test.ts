import { describe, expect, test } from 'vitest'
import { PACKED_FILE_HEADER_BYTES, readPackedFile, writePackedFile } from '#electron/native/plan/file.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { summarise } from '#shared/model/summary.ts'
import { odd, preset, randomNetwork, residual } from './networks.ts'

describe('the packed file', () => {
  test.each([
    ['lenet-binary', preset('lenet-binary')],
    ['lenet-full-precision', preset('lenet-full-precision')],
    ['fashion-residual', preset('fashion-residual')],
    ['a network with every layer', residual],
  ])('of %s is as long as summary says, and its header', (name, spec) => {
    const bytes = writePackedFile(randomNetwork(spec, 1))
    const specBytes = new DataView(bytes.buffer).getUint32(12, true)
    const { packedBytes } = summarise(spec, analyseNetwork(spec))
    expect(bytes.length - PACKED_FILE_HEADER_BYTES - specBytes).toBe(packedBytes)
    if (name === 'lenet-binary') expect(packedBytes).toBe(200_520)
    if (name === 'fashion-residual') expect(packedBytes).toBe(62_440)
    expect(specBytes).toBeLessThan(5000)
  })

  test('brings the network back, at any place in memory', () => {
    for (const spec of [odd, residual, preset('lenet-binary')]) {
      const network = randomNetwork(spec, 3)
      const bytes = writePackedFile(network)
      const moved = new Uint8Array(bytes.length + 1)
      moved.set(bytes, 1)
      expect(readPackedFile(moved.subarray(1))).toEqual(network)
    }
  })

  const bytes = writePackedFile(randomNetwork(odd, 3))
  const changed = (change: (copy: Uint8Array, view: DataView) => void) => {
    const copy = bytes.slice()
    change(copy, new DataView(copy.buffer))
    return copy
  }

  test.each([
    ['is another file', changed((copy) => copy.fill(0, 0, 1)), /not a packed network/],
    ['is empty', bytes.subarray(0, 0), /not a packed network/],
    ['ends in its header', bytes.subarray(0, 19), /not a packed network/],
    ['ends in its spec', bytes.subarray(0, 100), /cut short/],
    ['ends in its values', bytes.subarray(0, -1), /damaged or cut short/],
    ['is longer', Uint8Array.of(...bytes, 0), /damaged/],
    ['is newer', changed((_, view) => view.setUint32(8, 2, true)), /has version 2; this program reads version 1/],
    ['is big-endian', changed((_, view) => view.setUint32(8, 1, false)), /big-endian/],
    ['has a long spec', changed((_, view) => view.setUint32(12, 0xffffffff, true)), /cut short/],
    ['has a damaged spec', changed((copy) => copy.fill(0x7d, 20, 21)), /damaged/],
    ['has one bit turned', changed((copy) => (copy[copy.length - 9]! ^= 4)), /damaged/],
  ])('is refused in one sentence when it %s', (_what, file, message) => {
    expect(() => readPackedFile(file)).toThrow(message)
    expect(() => readPackedFile(file)).toThrow(expect.objectContaining({ code: 'file_unreadable' }) as Error)
  })
})
