import { decode, encode, ExtensionCodec } from '@msgpack/msgpack'
import { z } from '../zod.ts'
import { errorMessageSchema, SignumError } from './errors.ts'
import { validate } from './validate.ts'

/**
 * What travels over the WebSocket between a page and the lab: MessagePack frames. Bytes are MessagePack's own binary
 * type; Float32Array is an extension, so that weights and curves never become lists of numbers.
 */

/** Largest frame that the lab accepts from a page. Answers may be larger: the lab decides how much it sends. */
export const MAX_REQUEST_BYTES = 4 * 2 ** 20

/** Path of the WebSocket, on the same host and port as the page. */
export const SOCKET_PATH = '/rpc'

/** Answers 204 to a page that may connect and 401 to one that may not; a failed WebSocket does not tell which. */
export const SESSION_PATH = '/session'

/** Extension type of a Float32Array: its elements as little-endian IEEE 754, nothing else. */
const FLOAT32_EXTENSION = 1

const requestSchema = z.strictObject({
  type: z.literal('request'),
  /** Chosen by the page; the answer carries it back. */
  id: z.int().min(0),
  method: z.string().min(1).max(64),
  input: z.unknown(),
})

const replySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('response'), id: z.int().min(0), output: z.unknown() }),
  z.strictObject({ type: z.literal('failure'), id: z.int().min(0), error: errorMessageSchema }),
  z.strictObject({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
])

/** Page to lab. */
export type RequestFrame = z.output<typeof requestSchema>
/** Lab to page. */
export type ReplyFrame = z.output<typeof replySchema>

const extensionCodec = new ExtensionCodec()
extensionCodec.register({ type: FLOAT32_EXTENSION, encode: encodeArray, decode: decodeFloats })

/**
 * @throws SignumError `internal` where the value has no place in the contract, such as a typed array other than
 *   Uint8Array and Float32Array.
 */
export function encodeFrame(frame: RequestFrame | ReplyFrame): Uint8Array<ArrayBuffer> {
  try {
    return encode(frame, { extensionCodec, ignoreUndefined: true })
  } catch (cause) {
    throw new SignumError('internal', `The message cannot be sent: ${(cause as Error).message}`, { cause })
  }
}

/** @throws SignumError `invalid_request` for anything that is not a request frame. */
export function decodeRequest(bytes: Uint8Array): RequestFrame {
  return validate(requestSchema, decodeValue(bytes), 'invalid_request', 'The message')
}

/** @throws SignumError `invalid_request` for anything that is not a reply frame. */
export function decodeReply(bytes: Uint8Array): ReplyFrame {
  return validate(replySchema, decodeValue(bytes), 'invalid_request', "The lab's message")
}

function decodeValue(bytes: Uint8Array): unknown {
  try {
    // Node's Buffer is a Uint8Array with other habits (its slice shares memory); inside, only the plain one is met.
    return decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), { extensionCodec })
  } catch (cause) {
    throw new SignumError('invalid_request', `The message is not valid MessagePack: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function encodeArray(value: unknown): Uint8Array | null {
  if (value instanceof Float32Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  // MessagePack would take the raw bytes of any view, and the receiver could not tell what they had been.
  if (ArrayBuffer.isView(value) && !(value instanceof Uint8Array)) {
    throw new Error(`${value.constructor.name} has no place in the contract; use Uint8Array or Float32Array.`)
  }
  return null
}

function decodeFloats(data: Uint8Array): Float32Array {
  if (data.byteLength % Float32Array.BYTES_PER_ELEMENT !== 0) {
    throw new Error(`${data.byteLength} bytes are no whole number of 32-bit floats.`)
  }
  // Copied because the bytes stand at any offset of the message, and floats must be aligned.
  return new Float32Array(data.slice().buffer)
}
