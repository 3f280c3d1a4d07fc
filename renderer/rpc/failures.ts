import { SignumError } from '#shared/contract/errors.ts'
import type { Method } from '#shared/contract/methods.ts'
import { MAX_REQUEST_BYTES } from '#shared/contract/wire.ts'

/** Why a request over the WebSocket had no answer, in the words the window shows. */

export function disconnected(message: string): SignumError {
  return new SignumError('disconnected', message)
}

export function lost(method: Method): SignumError {
  return disconnected(`The connection to the lab broke before it answered "${method}"; it may have been done.`)
}

export function unreachable(method: Method): SignumError {
  return disconnected(
    `The lab does not answer, so nothing was changed (${method} was not sent). Check that it is still running.`,
  )
}

export function refused(): SignumError {
  return disconnected('This address is no longer valid. Open the one that the lab printed when it started.')
}

export function tooLarge(method: Method, bytes: number): SignumError {
  const megabytes = (value: number) => `${(value / 2 ** 20).toFixed(1)} MiB`
  return new SignumError(
    'invalid_request',
    `"${method}" takes ${megabytes(bytes)}; the lab accepts at most ${megabytes(MAX_REQUEST_BYTES)} at once.`,
  )
}
