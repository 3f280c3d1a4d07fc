import { crc32 } from 'node:zlib'
import { createBitMatrix, getBit, setBit } from '#shared/bits/layout.ts'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork, type NetworkAnalysis } from '#shared/model/analyse.ts'
import { parseNetworkSpec, requireSound } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import type { PackedNetwork } from './network.ts'
import { requireSupported } from './support.ts'
import { packedSizes, type PackedLayer } from './values.ts'
import { everyComputing } from './walk.ts'

/**
 * A packed network as a file, version 1; ../README.md describes it. What follows the header and the spec is exactly as
 * long as `packedBytes` of shared/model/cost.ts says.
 */
export const PACKED_FILE_VERSION = 1
export const PACKED_FILE_HEADER_BYTES = 20

const MAGIC = new TextEncoder().encode('SGNMPACK')
const AT = { version: 8, specBytes: 12, checksum: 16 } as const

export function writePackedFile(network: PackedNetwork): Uint8Array {
  const spec = paddedSpec(network.spec)
  const { layers, totals } = analyseNetwork(network.spec)
  const start = PACKED_FILE_HEADER_BYTES + spec.length
  const bytes = new Uint8Array(start + totals.packedBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(spec, PACKED_FILE_HEADER_BYTES)

  let at = start
  const bits = bytes.subarray(start + 4 * totals.parameters[32])
  let bit = 0
  for (const analysis of everyComputing(layers)) {
    const packed = network.layers.get(analysis.layer.id) ?? {}
    for (const [field] of packedSizes(analysis).floats)
      for (const value of packed[field]!) {
        view.setFloat32(at, value, true)
        at += 4
      }
    const { filters } = packed
    for (let row = 0; filters && row < filters.rows; row++)
      for (let column = 0; column < filters.columns; column++, bit++)
        bits[bit >> 3]! |= getBit(filters, row, column) << (bit & 7)
  }

  bytes.set(MAGIC)
  view.setUint32(AT.version, PACKED_FILE_VERSION, true)
  view.setUint32(AT.specBytes, spec.length, true)
  view.setUint32(AT.checksum, crc32(bytes.subarray(PACKED_FILE_HEADER_BYTES)), true)
  return bytes
}

function paddedSpec(spec: NetworkSpec): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(spec))
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20)
  padded.set(text)
  return padded
}

/**
 * @throws SignumError `file_unreadable` for a file that is none of ours, of a newer program, of the other byte order,
 * damaged or cut short; `invalid_spec`, `invalid_shape` or `not_supported` for a network that cannot be.
 */
export function readPackedFile(bytes: Uint8Array): PackedNetwork {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = requireHeader(bytes, view)
  const spec = readSpec(bytes.subarray(PACKED_FILE_HEADER_BYTES, start))
  const analysis = requireSound(analyseNetwork(spec))
  requireSupported(spec)
  const { packedBytes } = analysis.totals
  if (bytes.length !== start + packedBytes) {
    throw unreadable(
      `This packed network has ${bytes.length - start} bytes of values, but its layers need ${packedBytes}.`,
    )
  }
  return { spec, layers: readLayers(analysis, bytes.subarray(start)) }
}

/** Where the values begin. */
function requireHeader(bytes: Uint8Array, view: DataView): number {
  if (bytes.length < PACKED_FILE_HEADER_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte))
    throw new SignumError('file_unreadable', 'This is not a packed network: it does not begin with "SGNMPACK".')
  const version = view.getUint32(AT.version, true)
  if (view.getUint32(AT.version, false) === PACKED_FILE_VERSION)
    throw unreadable('The numbers of this packed network are in big-endian order; they must be little-endian.')
  if (version !== PACKED_FILE_VERSION) {
    throw new SignumError(
      'file_unreadable',
      `This packed network has version ${version}; this program reads version ${PACKED_FILE_VERSION}. Update Signum.`,
    )
  }
  const start = PACKED_FILE_HEADER_BYTES + view.getUint32(AT.specBytes, true)
  if (start > bytes.length) throw unreadable('This packed network is cut short.')
  if (crc32(bytes.subarray(PACKED_FILE_HEADER_BYTES)) !== view.getUint32(AT.checksum, true))
    throw unreadable('This packed network is damaged or cut short: its checksum does not match.')
  return start
}

function readSpec(bytes: Uint8Array): NetworkSpec {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw unreadable('The network spec in this packed network is damaged.', cause)
  }
  return parseNetworkSpec(value, 'The packed network')
}

function readLayers({ layers, totals }: NetworkAnalysis, values: Uint8Array): PackedNetwork['layers'] {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  let at = 0
  const floats = (count: number) => {
    const read = Float32Array.from({ length: count }, (_, index) => view.getFloat32(at + 4 * index, true))
    if (!read.every(Number.isFinite)) throw unreadable('This packed network holds a value that is no number.')
    at += 4 * count
    return read
  }
  const bits = values.subarray(4 * totals.parameters[32])
  let bit = 0
  const signs = (rows: number, columns: number) => {
    const matrix = createBitMatrix(rows, columns)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, bit++)
        setBit(matrix, row, column, ((bits[bit >> 3]! >> (bit & 7)) & 1) === 1)
    return matrix
  }
  const packed = new Map<string, PackedLayer>()
  for (const analysis of everyComputing(layers)) {
    const sizes = packedSizes(analysis)
    const fields = sizes.floats.map(([field, count]) => [field, floats(count)] as const)
    const filters = sizes.filters ? { filters: signs(sizes.filters.rows, sizes.filters.columns) } : {}
    const layer: PackedLayer = { ...Object.fromEntries(fields), ...filters }
    if (Object.keys(layer).length > 0) packed.set(analysis.layer.id, layer)
  }
  return packed
}

function unreadable(what: string, cause?: unknown): SignumError {
  return new SignumError('file_unreadable', `${what} Export it again.`, { cause })
}
