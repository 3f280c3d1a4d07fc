import { encode } from '@msgpack/msgpack'
import { describe, expect, test } from 'vitest'
import { decodeReply, decodeRequest, encodeFrame } from '#shared/contract/wire.ts'

function throughTheWire(input: unknown): unknown {
  // A Buffer inside a larger one, as the ws package delivers it.
  const bytes = encodeFrame({ type: 'request', id: 1, method: 'lab.info', input })
  const padded = Buffer.concat([Buffer.from([7, 7, 7]), bytes]).subarray(3)
  return decodeRequest(padded).input
}

describe('a frame', () => {
  test('carries floats as floats, whatever their offset, with NaN and infinity', () => {
    const floats = new Float32Array([9, 1.5, -0, Number.NaN, Number.POSITIVE_INFINITY]).subarray(1)
    const back = throughTheWire({ floats }) as { floats: Float32Array }
    expect(back.floats).toBeInstanceOf(Float32Array)
    expect(back.floats).toEqual(floats)
    expect(back.floats.buffer.byteLength).toBe(floats.byteLength)
  })

  test('carries no floats as no floats', () => {
    expect(throughTheWire(new Float32Array())).toEqual(new Float32Array())
  })

  test('carries bytes as a plain Uint8Array and never as a Buffer', () => {
    const back = throughTheWire(Buffer.from([1, 2, 255]))
    expect(Object.getPrototypeOf(back)).toBe(Uint8Array.prototype)
    expect(back).toEqual(new Uint8Array([1, 2, 255]))
  })

  test('leaves out fields that are undefined, so that optional fields stay absent', () => {
    expect(throughTheWire({ name: undefined, size: null })).toEqual({ size: null })
  })

  test.each([new Float64Array(1), new Int32Array(1), new DataView(new ArrayBuffer(1))])(
    'refuses %o, which the other end could not tell from bytes',
    (value) => {
      expect(() => throughTheWire({ value })).toThrow(expect.objectContaining({ code: 'internal' }))
    },
  )
})

describe('what is not a frame', () => {
  const malformed: [string, Uint8Array, RegExp][] = [
    ['nothing', new Uint8Array(), /MessagePack/],
    ['random bytes', new Uint8Array([0xc1, 0xff]), /MessagePack/],
    ['a map that is cut off', encode({ type: 'request' }).subarray(0, 5), /MessagePack/],
    ['a key that would change prototypes', encode(new Map([['__proto__', 1]])), /./],
    ['a frame of the other direction', encode({ type: 'response', id: 1, output: 1 }), /"type"/],
    ['an unknown field', encode({ type: 'request', id: 1, method: 'lab.info', input: {}, more: 1 }), /more/],
    ['a negative id', encode({ type: 'request', id: -1, method: 'lab.info', input: {} }), /"id".*-1/],
    ['an id that is no integer', encode({ type: 'request', id: 1.5, method: 'lab.info', input: {} }), /"id".*1\.5/],
    ['a method that is no name', encode({ type: 'request', id: 1, method: 5, input: {} }), /"method"/],
  ]

  test.each(malformed)('%s is refused with a sentence', (_, bytes, sentence) => {
    expect(() => decodeRequest(bytes)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringMatching(sentence) }),
    )
  })

  test('a failure with a code outside the contract is refused', () => {
    const bytes = encode({ type: 'failure', id: 1, error: { code: 'mystery', message: 'x' } })
    expect(() => decodeReply(bytes)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  test('floats of a broken length are refused', () => {
    // fixext 2, type 1: two bytes cannot be a Float32Array.
    expect(() => decodeRequest(new Uint8Array([0xd5, 1, 0, 0]))).toThrow(/2 bytes/)
  })
})
