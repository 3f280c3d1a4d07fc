import { SignumError, type ErrorCode } from '#shared/contract/errors.ts'
import { METHODS, type Method, type RequestOf, type ResponseOf, type ValidRequestOf } from '#shared/contract/methods.ts'
import { validate } from '#shared/contract/validate.ts'
import type { Handler, Handlers } from './context.ts'

/** Which code tells a mistake in this part of a request, at any depth; any other is an `invalid_request`. */
const CODE_BY_PART: Readonly<Record<string, ErrorCode>> = { spec: 'invalid_spec', settings: 'invalid_settings' }

/** Whether the host owns its data folder, or reads in that of another process. */
export type LabAccess = 'own' | 'read'

const CHANGING: ReadonlySet<Method> = new Set<Method>([
  'settings.set',
  'networks.save',
  'networks.remove',
  'runs.start',
  'runs.startTogether',
  'runs.pause',
  'runs.step',
  'runs.setLearningRate',
  'runs.checkpoint',
  'runs.resume',
  'runs.stop',
  'runs.rename',
  'runs.remove',
  'runs.restore',
])

/** Checks a request against the contract and hands it to its handler. */
export async function route<M extends Method>(
  handlers: Handlers,
  method: M,
  input: RequestOf<M>,
  access: LabAccess = 'own',
): Promise<ResponseOf<M>> {
  // Both come from another process: neither the method nor its input need be what the types say.
  if (!Object.hasOwn(METHODS, method)) {
    throw new SignumError('unknown_method', `The lab has no method "${String(method).slice(0, 64)}".`)
  }
  if (access === 'read' && CHANGING.has(method)) {
    throw new SignumError('data_folder_busy', 'Another Signum has the data folder open. Close it first.')
  }
  const handler: Handler<M> = handlers[method]
  return await handler(parseRequest(method, input))
}

/**
 * A request as the contract wants it, its defaults filled in.
 *
 * @throws SignumError `invalid_request`, or the code of the part that is wrong.
 */
export function parseRequest<M extends Method>(method: M, input: unknown): ValidRequestOf<M> {
  const code = (path: readonly PropertyKey[]) =>
    path.map((part) => CODE_BY_PART[String(part)]).find((known) => known !== undefined) ?? 'invalid_request'
  return validate(METHODS[method].input, input, code) as ValidRequestOf<M>
}
