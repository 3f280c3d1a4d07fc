import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GifWriter } from '../../../../renderer/weights/export/gif.ts'
import { compressIndexes } from '../../../../renderer/weights/export/lzw.ts'

/** GIF's LZW read as the specification tells it, slowly. */
function decompress(bytes: Uint8Array, depth: number): number[] {
  const clear = 1 << depth
  const indexes: number[] = []
  let table: number[][] = []
  let bits = depth + 1
  let previous: number[] | null = null
  let at = 0
  for (;;) {
    let code = 0
    for (let bit = 0; bit < bits; bit++, at++) code |= ((bytes[at >> 3]! >> (at & 7)) & 1) << bit
    if (code === clear) {
      table = Array.from({ length: clear + 2 }, (_, index) => [index])
      bits = depth + 1
      previous = null
      continue
    }
    if (code === clear + 1) return indexes
    const entry: number[] = table[code] ?? [...previous!, previous![0]!]
    indexes.push(...entry)
    if (previous && table.length < 4096) table.push([...previous, entry[0]!])
    if (table.length === 1 << bits && bits < 12) bits += 1
    previous = entry
  }
}

it('compressed indexes are read back, over many codes and none', () => {
  const runs = fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 40 })), { maxLength: 400 })
  fc.assert(
    fc.property(runs, (given) => {
      const indexes = Uint8Array.from(given.flatMap(([index, length]) => Array<number>(length).fill(index)))
      expect(decompress(compressIndexes(indexes, 8), 8)).toEqual([...indexes])
    }),
    { numRuns: 60 },
  )
})

it('noise fills the table of codes again and again', () => {
  const noise = Uint8Array.from({ length: 60_000 }, (_, index) => (Math.imul(index, 2654435761) >>> 13) & 255)
  expect(decompress(compressIndexes(noise, 8), 8)).toEqual([...noise])
})

it('a GIF holds its size, its frames and their time, and ends', async () => {
  const gif = new GifWriter(2, 1, 10)
  gif.add({ width: 2, height: 1, data: Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255) })
  gif.add({ width: 2, height: 1, data: Uint8ClampedArray.of(0, 255, 0, 255, 255, 0, 0, 255) })
  const bytes = new Uint8Array(await gif.finish().arrayBuffer())
  const text = String.fromCharCode(...bytes)
  expect(text.startsWith('GIF89a\x02\x00\x01\x00')).toBe(true)
  expect([...bytes.subarray(13, 19)]).toEqual([255, 0, 0, 0, 255, 0])
  expect(text).toContain('NETSCAPE2.0')
  expect(text.split('\x21\xf9\x04\x00\x0a\x00\x00\x00\x2c')).toHaveLength(3)
  expect(bytes.at(-1)).toBe(0x3b)
})
