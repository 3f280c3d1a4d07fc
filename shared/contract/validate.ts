import type { z } from 'zod'
import { SignumError, type ErrorCode } from './errors.ts'
import { describeIssue, innermostIssue } from './issues.ts'

type Path = readonly PropertyKey[]

/**
 * Checks a value that comes from outside and fills in its defaults.
 *
 * @param code of the error, or the way to choose it by the path of the field that is wrong.
 * @param what the value is called in the sentence, where its fields do not speak for themselves.
 * @throws SignumError with `code`, naming the first field that is wrong and the value it has.
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: ErrorCode | ((path: Path) => ErrorCode) = 'invalid_request',
  what?: string,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = innermostIssue(result.error.issues[0]!)
  const field = issue.path.map(String).join('.')
  const given = valueAt(value, issue.path)
  const subject = field ? `${what ? `${what}: ` : ''}"${field}"` : (what ?? 'The request')
  const shown = isScalar(given) ? ` (it is ${show(given)})` : ''
  throw new SignumError(
    typeof code === 'function' ? code(issue.path) : code,
    `${subject} ${describeIssue(issue, given)}${shown}.`,
    { place: field ? { field } : {} },
  )
}

/** A name that stands for an object, such as an optimiser's, is itself what is given for the fields of the object. */
function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner === 'string') return inner
    return typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined
  }, value)
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function show(value: string | number | boolean | null): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
