import type { z } from 'zod'
import { SignumError, type ErrorCode } from './errors.ts'

/**
 * Checks a value that comes from outside and fills in its defaults.
 *
 * @throws SignumError with `code`, naming the first field that is wrong and the value it has.
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  code: ErrorCode = 'invalid_request',
  what = 'The request',
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const field = issue.path.map(String).join('.')
  const given = valueAt(value, issue.path)
  const subject = field ? `${what}: "${field}"` : what
  const shown = field && given !== undefined ? ` (it is ${show(given)})` : ''
  throw new SignumError(code, `${subject} is not valid${shown}: ${sentence(issue.message)}`, {
    place: field ? { field } : {},
  })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(value)
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function sentence(message: string): string {
  const text = message.charAt(0).toLowerCase() + message.slice(1)
  return text.endsWith('.') ? text : `${text}.`
}
