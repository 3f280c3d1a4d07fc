import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getBit } from '#shared/bits/layout.ts'
import { packSigns } from '#shared/bits/pack.ts'
import { DELTAS, joinBytes, splitBytes } from '#shared/snapshots/coding.ts'
import { crc32 } from '#shared/snapshots/crc.ts'
import { gatherBits, gatherValues, MOST_FILTERS, MOST_WEIGHTS, pageOf } from '#shared/snapshots/filters.ts'
import { dequantize, quantize, rangeFor } from '#shared/snapshots/quantize.ts'
import { decodeHead, encodeRecord, placeOf, PREFIX_BYTES } from '#shared/snapshots/record.ts'

const finite = fc.float({ noNaN: true, noDefaultInfinity: true })
const layerOf = (filters: number, channels: number) => ({
  id: 'conv',
  type: 'QConv2d',
  binary: true,
  filters,
  filter: { height: 1, width: 1, channels },
  clip: null,
})

describe('latent weights in a byte', () => {
  it('keep their sign, and their value to half a step', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (values) => {
        const range = rangeFor(Math.max(...values.map(Math.abs)))
        const codes = quantize(values, range)
        for (const [index, value] of values.entries()) {
          const back = dequantize(codes[index]!, range)
          expect(back > 0).toBe(value >= 0)
          expect(Math.abs(back - value)).toBeLessThanOrEqual((range / 256) * 1.001)
        }
      }),
    )
  })

  it.each([0, -0])('give %d the sign of +1', (zero) => {
    expect(quantize([zero], 1)[0]).toBe(128)
  })

  it('have a range that holds the largest and is at most √2 times as wide', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), (largest) => {
        const range = rangeFor(largest)
        expect(range).toBeGreaterThanOrEqual(largest * (1 - 1e-12))
        expect(range).toBeLessThan(largest * Math.SQRT2 * (1 + 1e-12))
      }),
    )
  })
})

describe('deltas', () => {
  it.each(['signs', 'latents', 'flips'] as const)('of %s give back what they were made of', (kind) => {
    const pair = fc
      .array(fc.tuple(fc.nat(255), fc.nat(255)), { minLength: 1 })
      .map((bytes) => [...bytes, ...bytes])
      .map((bytes) => [0, 1].map((side) => Uint8Array.from(bytes, (two) => two[side]!)) as [Uint8Array, Uint8Array])
    fc.assert(
      fc.property(pair, ([current, previous]) => {
        const { of, undo } = DELTAS[kind]
        expect(undo(of(current, previous), previous)).toEqual(current)
      }),
    )
  })

  it('split 16-bit numbers and join them again', () => {
    fc.assert(
      fc.property(fc.uint16Array(), (values) => {
        expect(joinBytes(splitBytes(values))).toEqual(values)
      }),
    )
  })
})

describe('records', () => {
  it('tell where their head and body stand, and give the head back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.uint8Array()), fc.nat(100), (head, parts, at) => {
        const record = encodeRecord(head, parts)
        const place = placeOf(record.subarray(0, PREFIX_BYTES), at)!
        expect(place.end).toBe(at + record.length)
        const body = record.subarray(place.bodyAt - at)
        expect([...body]).toEqual(parts.flatMap((part) => [...part]))
        expect(decodeHead(record.slice(PREFIX_BYTES, place.bodyAt - at), place)).toEqual(
          JSON.parse(JSON.stringify(head)),
        )
      }),
    )
  })

  it('are refused when a byte of the head has changed', () => {
    const record = encodeRecord({ step: 7 }, [])
    const place = placeOf(record, 0)!
    record[PREFIX_BYTES + 2]! ^= 1
    expect(decodeHead(record.subarray(PREFIX_BYTES), place)).toBeNull()
  })

  it('have the checksum that zip has', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})

describe('a page of filters', () => {
  it('holds the same weights as the layer, filter by filter', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }))
    fc.assert(
      fc.property(sizes, fc.nat(8), fc.integer({ min: 1, max: 9 }), ([filters, size], start, wanted) => {
        const from = start % filters
        const layer = layerOf(filters, size)
        const values = Float32Array.from({ length: filters * size }, (_, index) => Math.sin(index * index))
        const page = pageOf(layer, from, wanted)
        const bits = new Uint8Array(packSigns(values, 1, values.length).halves.buffer)
        const numbers = Uint16Array.from(values, (_, index) => index)
        const matrix = gatherBits(bits, layer, page)
        const gathered = gatherValues(numbers, layer, page)
        expect(page.count).toBe(Math.min(wanted, filters - from))
        for (let filter = 0; filter < page.count; filter++) {
          for (let k = 0; k < size; k++) {
            const index = k * filters + from + filter
            expect(getBit(matrix, filter, k) === 1).toBe(values[index]! >= 0)
            expect(gathered[filter * size + k]).toBe(index)
          }
        }
      }),
    )
  })

  it('stays within the bounds of one answer', () => {
    expect(pageOf(layerOf(1000, 1024), 0, 1000).count).toBe(MOST_FILTERS)
    expect(pageOf(layerOf(1000, 4096), 0, 1000).count).toBe(64)
    expect(pageOf(layerOf(10, 1_000_000), 0, 10)).toEqual({ from: 0, count: 1, size: MOST_WEIGHTS })
  })
})
