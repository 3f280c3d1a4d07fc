import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = {
  number: 'must be a number',
  int: 'must be a whole number',
  string: 'must be text',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
}

/**
 * Of a value that may be a name or an object, what is wrong within the object rather than that it is no name: the issue
 * of the alternative that got furthest.
 */
export function innermostIssue(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const firsts = issue.errors.flatMap(([first]) => (first ? [innermostIssue(first)] : []))
  const furthest = firsts.reduce<Issue | null>(
    (best, next) => (next.path.length > (best?.path.length ?? 0) ? next : best),
    null,
  )
  return furthest ? { ...furthest, path: [...issue.path, ...furthest.path] } : issue
}

/** What a schema found wrong, as the end of a sentence that begins with the field: `must be greater than 0`. */
export function describeIssue(issue: Issue, given: unknown): string {
  if (given === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? `must be a ${issue.expected}`
    case 'too_small':
      return bound(issue.inclusive === false ? 'greater than' : 'at least', issue.minimum, issue.origin)
    case 'too_big':
      return bound(issue.inclusive === false ? 'less than' : 'at most', issue.maximum, issue.origin)
    case 'invalid_value':
      return oneOf(issue.values)
    case 'unrecognized_keys':
      return `has the unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    case 'invalid_union':
      return describeUnion(issue)
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1).replace(/\.$/, '')
  }
}

function bound(relation: string, limit: number | bigint, origin: string): string {
  const unit = { string: 'characters', array: 'entries' }[origin]
  if (unit)
    return relation === 'at least' && limit === 1 ? 'must not be empty' : `must have ${relation} ${limit} ${unit}`
  return `must be ${relation} ${limit}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)))
  return shown.length === 1 ? `must be ${shown[0]}` : `must be ${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const values = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []))
  if (values.length > 0) return oneOf(values)
  return 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : 'is not one of the known kinds'
}
