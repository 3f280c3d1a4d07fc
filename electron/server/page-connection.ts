import type { RawData, WebSocket } from 'ws'
import { answerRequest } from '#electron/host/page/answer.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { decodeRequest, encodeFrame, type RequestFrame } from '#shared/contract/wire.ts'
import { RateLimit } from './rate-limit.ts'

const REQUESTS_PER_SECOND = 200
const REQUESTS_AT_ONCE = 64

/** Beyond this much unsent data a page is behind, and chart points would only put it further behind. */
const CONGESTED_BYTES = 1 * 2 ** 20
/** Beyond this a page has stopped reading; it is let go and may come back. */
const LOST_BYTES = 64 * 2 ** 20

const PROTOCOL_ERROR = 1002
const UNSUPPORTED_DATA = 1003
/** What a WebSocket allows for the reason of a close, in bytes. */
const REASON_BYTES = 123

/** One open page: answers its requests and passes events on. */
export class PageConnection {
  readonly #socket: WebSocket
  readonly #lab: Lab
  readonly #rate = new RateLimit(REQUESTS_PER_SECOND, REQUESTS_PER_SECOND)
  #underWay = 0

  constructor(socket: WebSocket, lab: Lab) {
    this.#socket = socket
    this.#lab = lab
    socket.on('message', (data, isBinary) => void this.#onMessage(data, isBinary))
    // A broken or oversize frame closes the socket by itself; without a listener it would end the whole lab.
    socket.on('error', () => {})
  }

  /** Sends an encoded event. `droppable` ones are skipped while the page cannot keep up; the rest never are. */
  sendEvent(frame: Uint8Array, droppable: boolean): void {
    if (droppable && this.#socket.bufferedAmount > CONGESTED_BYTES) return
    this.#send(frame)
  }

  async #onMessage(data: RawData, isBinary: boolean): Promise<void> {
    if (!isBinary || !Buffer.isBuffer(data)) return this.#close(UNSUPPORTED_DATA, 'Signum speaks MessagePack only.')
    let request: RequestFrame
    try {
      request = decodeRequest(data)
    } catch (error) {
      return this.#close(PROTOCOL_ERROR, toErrorMessage(error).message)
    }
    const { id, method, input } = request
    if (this.#underWay >= REQUESTS_AT_ONCE || !this.#rate.take()) return this.#fail(id, tooMany(method))
    this.#underWay += 1
    const outcome = await answerRequest(this.#lab, method, input)
    this.#underWay -= 1
    if (!outcome.ok) return this.#send(encodeFrame({ type: 'failure', id, error: outcome.error }))
    try {
      this.#send(encodeFrame({ type: 'response', id, output: outcome.output }))
    } catch (error) {
      this.#fail(id, error)
    }
  }

  #fail(id: number, error: unknown): void {
    this.#send(encodeFrame({ type: 'failure', id, error: toErrorMessage(error) }))
  }

  #send(frame: Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > LOST_BYTES) this.#socket.terminate()
    else this.#socket.send(frame)
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason.replaceAll(/[^ -~]/g, '?').slice(0, REASON_BYTES))
  }
}

function tooMany(method: string): SignumError {
  return new SignumError('invalid_request', `Too many requests at once; "${method}" was not answered. Try it again.`)
}
