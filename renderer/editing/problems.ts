import type { z } from 'zod'
import { innermostIssue } from '#shared/contract/issues.ts'

/** What is wrong with each field of a form, by the field's name. */
export type FieldProblems = Readonly<Record<string, string>>

/**
 * Checks every field at once; `validate` of the contract stops at the first, which a form cannot. A field within a field
 * that is an object is named by its path as well, such as "optimizer.momentum".
 */
export function problemsOf(schema: z.ZodType, value: object): FieldProblems {
  const result = schema.safeParse(value)
  if (result.success) return {}
  const problems: Record<string, string> = {}
  for (const issue of result.error.issues.map(innermostIssue)) {
    const sentence = describe(issue, valueAt(value, issue.path))
    problems[String(issue.path[0] ?? '')] ??= sentence
    problems[issue.path.map(String).join('.')] ??= sentence
  }
  return problems
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null)?.[key], value)
}

/** The value that is wrong, and what would be right. */
function describe(issue: z.core.$ZodIssue, given: unknown): string {
  if (given === '' || given === undefined || (typeof given === 'number' && Number.isNaN(given))) {
    return wants(issue) === 'text' ? 'Give it a name.' : `Enter ${wants(issue)}.`
  }
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return 'Give it a name.'
      return `${given} is too small: choose ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}.`
    case 'too_big':
      if (issue.origin === 'string') return `That is too long: use at most ${issue.maximum} characters.`
      return `${given} is too large: choose ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}.`
    case 'invalid_type':
      return `${given} does not fit: enter ${wants(issue)}.`
    default:
      return `${given} does not fit: it ${issue.message}.`
  }
}

function wants(issue: z.core.$ZodIssue): string {
  const expected = issue.code === 'invalid_type' ? issue.expected : 'origin' in issue ? issue.origin : 'number'
  if (expected === 'int') return 'a whole number'
  return expected === 'string' ? 'text' : 'a number'
}
