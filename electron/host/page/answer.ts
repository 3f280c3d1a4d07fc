import type { Outcome } from '#shared/contract/bridge.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import type { Lab } from '#shared/contract/lab.ts'
import { METHODS, type Method } from '#shared/contract/methods.ts'

/**
 * Answers a request that came over a transport, where neither the method's name nor its input can be trusted: the name
 * is checked here, the input by the lab. Never rejects. What is no `SignumError` is a fault of ours and is logged.
 */
export async function answerRequest(lab: Lab, method: unknown, input: unknown): Promise<Outcome> {
  try {
    if (!isMethod(method)) throw new SignumError('unknown_method', `The lab has no method ${JSON.stringify(method)}.`)
    return { ok: true, output: await lab.request(method, input as never) }
  } catch (error) {
    if (!(error instanceof SignumError)) console.error(`The request ${String(method)} failed:`, error)
    return { ok: false, error: toErrorMessage(error) }
  }
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'string' && Object.hasOwn(METHODS, value)
}
