import { crc32 } from './crc.ts'

const MARK = 'SGNW'
/** Bytes before the head of a record. */
export const PREFIX_BYTES = 16
/** A longer head is no head: a frame of fifty layers has a tenth of it. */
const MOST_HEAD_BYTES = 4 * 2 ** 20

/** Where head and body of a record stand in its file. */
export interface RecordPlace {
  readonly headAt: number
  readonly headBytes: number
  readonly headCrc: number
  readonly bodyAt: number
  readonly end: number
}

/** A record of the file that format.ts describes. */
export function encodeRecord(head: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const text = encodeJson(head)
  const bodyBytes = parts.reduce((sum, { length }) => sum + length, 0)
  const record = new Uint8Array(PREFIX_BYTES + text.length + bodyBytes)
  const view = new DataView(record.buffer)
  record.set(toBytes(MARK))
  view.setUint32(4, text.length, true)
  view.setUint32(8, bodyBytes, true)
  view.setUint32(12, crc32(text), true)
  record.set(text, PREFIX_BYTES)
  let offset = PREFIX_BYTES + text.length
  for (const part of parts) {
    record.set(part, offset)
    offset += part.length
  }
  return record
}

/** @returns null when no record begins with these bytes. */
export function placeOf(prefix: Uint8Array, at: number): RecordPlace | null {
  if (prefix.length < PREFIX_BYTES || toText(prefix.subarray(0, 4)) !== MARK) return null
  const view = new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength)
  const headBytes = view.getUint32(4, true)
  if (headBytes > MOST_HEAD_BYTES) return null
  const headAt = at + PREFIX_BYTES
  const bodyAt = headAt + headBytes
  return { headAt, headBytes, headCrc: view.getUint32(12, true), bodyAt, end: bodyAt + view.getUint32(8, true) }
}

/** The JSON of a head, or null where its bytes are not those that were written. */
export function decodeHead(bytes: Uint8Array, { headBytes, headCrc }: RecordPlace): unknown {
  if (bytes.length !== headBytes || crc32(bytes) !== headCrc) return null
  return JSON.parse(toText(bytes)) as unknown
}

/** JSON of ASCII characters alone, so that every one of them is a byte. */
function encodeJson(value: unknown): Uint8Array {
  const escaped = JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return toBytes(escaped)
}

function toBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function toText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
