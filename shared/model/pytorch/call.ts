import { sizeOf, type Signal } from '../signal.ts'

/** Arguments that differ from PyTorch's or bitorch's defaults, in their order; `undefined` leaves one out. */
export type Arguments = Readonly<Record<string, string | number | boolean | undefined>>

/** A call in Python. */
export function call(name: string, positional: readonly (string | number)[], named: Arguments = {}): string {
  const shown = Object.entries(named).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${typeof value === 'boolean' ? (value ? 'True' : 'False') : value}`],
  )
  return `${name}(${[...positional, ...shown].join(', ')})`
}

/** Whether one of the lines of Python calls `name`. */
export function calls(lines: readonly string[], name: string): boolean {
  return lines.some((line) => new RegExp(`(?<![\\w.])${name}\\(`).test(line))
}

/** Channels of an image, or features. */
export function countOf({ shape }: Signal): number {
  return shape.kind === 'image' ? shape.channels : sizeOf(shape)
}
