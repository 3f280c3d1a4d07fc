import type { PartKind } from './format.ts'

/** What follows `previous` in the way that a delta of this kind is written; `undo` gives it back. */
export interface Delta {
  of(current: Uint8Array, previous: Uint8Array): Uint8Array
  undo(delta: Uint8Array, previous: Uint8Array): Uint8Array
}

const xor = (a: Uint8Array, b: Uint8Array) => a.map((byte, index) => byte ^ b[index]!)

const BYTEWISE: Delta = {
  of: (current, previous) => current.map((byte, index) => byte - previous[index]!),
  undo: (delta, previous) => delta.map((byte, index) => byte + previous[index]!),
}

/** Over numbers whose low bytes all come before their high bytes. */
const PLANEWISE: Delta = {
  of: (current, previous) => splitBytes(joinBytes(current).map((value, at) => value - valueAt(previous, at))),
  undo: (delta, previous) => splitBytes(joinBytes(delta).map((value, at) => value + valueAt(previous, at))),
}

export const DELTAS: Readonly<Record<PartKind, Delta>> = {
  signs: { of: xor, undo: xor },
  latents: BYTEWISE,
  flips: PLANEWISE,
}

/** 16-bit numbers as their low bytes followed by their high bytes: counts compress better so. */
export function splitBytes(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length)
  for (let index = 0; index < values.length; index++) {
    bytes[index] = values[index]! & 0xff
    bytes[values.length + index] = values[index]! >>> 8
  }
  return bytes
}

export function joinBytes(bytes: Uint8Array): Uint16Array {
  const values = new Uint16Array(bytes.length / 2)
  for (let index = 0; index < values.length; index++) values[index] = valueAt(bytes, index)
  return values
}

function valueAt(bytes: Uint8Array, index: number): number {
  return bytes[index]! | (bytes[bytes.length / 2 + index]! << 8)
}
