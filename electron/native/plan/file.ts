import { createBitMatrix, getBit, setBit } from '#shared/bits/layout.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { isBinary, type PackedLayer, type PackedNetwork } from './network.ts'

/**
 * A packed network as a file, version 1. All numbers are little-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 8 | `SGNMPACK` |
 * | 4 | version |
 * | 4 | bytes of the spec |
 * | … | the network spec as JSON (UTF-8), then spaces up to a multiple of 4 |
 * | 4 each | 32-bit floats, layer by layer: weights, bias, scale, shift, as far as the layer has them |
 * | … | signs of all binary layers as one run of bits, least significant first: rows of filters without gaps |
 *
 * What follows the spec is exactly as long as `packedBytes` of shared/model/cost.ts says.
 */
export const PACKED_FILE_VERSION = 1

const MAGIC = new TextEncoder().encode('SGNMPACK')
const HEADER_BYTES = 16
const FLOAT_FIELDS = ['weights', 'bias', 'scale', 'shift'] as const

export function writePackedFile(network: PackedNetwork): Uint8Array {
  const spec = paddedSpec(network.spec)
  const { packedBytes, parameters } = analyseNetwork(network.spec).totals
  const bytes = new Uint8Array(HEADER_BYTES + spec.length + packedBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  view.setUint32(8, PACKED_FILE_VERSION, true)
  view.setUint32(12, spec.length, true)
  bytes.set(spec, HEADER_BYTES)

  let at = HEADER_BYTES + spec.length
  const bits = bytes.subarray(at + 4 * parameters[32])
  let bit = 0
  for (const { layer } of analyseNetwork(network.spec).layers) {
    const packed = network.layers.get(layer.id) ?? {}
    for (const field of FLOAT_FIELDS)
      for (const value of packed[field] ?? []) {
        view.setFloat32(at, value, true)
        at += 4
      }
    const { filters } = packed
    for (let row = 0; filters && row < filters.rows; row++)
      for (let column = 0; column < filters.columns; column++, bit++)
        bits[bit >> 3]! |= getBit(filters, row, column) << (bit & 7)
  }
  return bytes
}

function paddedSpec(spec: NetworkSpec): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(spec))
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20)
  padded.set(text)
  return padded
}

/**
 * @throws SignumError `file_unreadable` for a file that is none of ours, newer than this program, or cut short;
 * `invalid_spec` or `invalid_shape` for a network that cannot be.
 */
export function readPackedFile(bytes: Uint8Array): PackedNetwork {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte))
    throw unreadable('This is not a packed network: it does not begin with "SGNMPACK".')
  const version = view.getUint32(8, true)
  if (version !== PACKED_FILE_VERSION)
    throw unreadable(
      `This packed network has version ${version}; this program reads version ${PACKED_FILE_VERSION}. Update Signum.`,
    )
  const start = HEADER_BYTES + view.getUint32(12, true)
  if (start > bytes.length) throw unreadable('This packed network is cut short. Export it again.')
  const spec = readSpec(bytes.subarray(HEADER_BYTES, start))
  const { totals, problems, layers } = analyseNetwork(spec)
  if (problems[0]) throw new SignumError('invalid_shape', `${problems[0].message} ${problems[0].fix}`)
  if (bytes.length !== start + totals.packedBytes)
    throw unreadable(
      `This packed network has ${bytes.length - start} bytes of values, but its layers need ${totals.packedBytes}. Export it again.`,
    )

  let at = start
  const floats = (count: number) => {
    const values = Float32Array.from({ length: count }, (_, index) => view.getFloat32(at + 4 * index, true))
    at += 4 * count
    return values
  }
  const bits = bytes.subarray(start + 4 * totals.parameters[32])
  let bit = 0
  const signs = (rows: number, columns: number) => {
    const matrix = createBitMatrix(rows, columns)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, bit++)
        setBit(matrix, row, column, ((bits[bit >> 3]! >> (bit & 7)) & 1) === 1)
    return matrix
  }
  const packed = layers.map(({ layer, cost, output }): [string, PackedLayer] => {
    const outputs = output.shape.kind === 'image' ? output.shape.channels : output.shape.count
    if (layer.type === 'BatchNorm') return [layer.id, { scale: floats(outputs), shift: floats(outputs) }]
    const hasBias = 'bias' in layer && layer.bias
    const count = cost.parameters[1] + cost.parameters[32] - (hasBias ? outputs : 0)
    const weights = count > 0 && !isBinary(layer) ? { weights: floats(count) } : {}
    const bias = hasBias ? { bias: floats(outputs) } : {}
    const filters = count > 0 && isBinary(layer) ? { filters: signs(outputs, count / outputs) } : {}
    return [layer.id, { ...weights, ...bias, ...filters }]
  })
  return { spec, layers: new Map(packed.filter(([, values]) => Object.keys(values).length > 0)) }
}

function readSpec(bytes: Uint8Array): NetworkSpec {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new SignumError('file_unreadable', 'The network spec in this packed network is damaged. Export it again.', {
      cause: error,
    })
  }
  return parseNetworkSpec(value)
}

function unreadable(message: string): SignumError {
  return new SignumError('file_unreadable', message)
}
