/**
 * A copy made of plain objects and arrays, with typed arrays as they are. Vue's reactive proxies cannot be cloned into
 * another process; what they stand for can.
 */
export function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlain(inner)]))
}
