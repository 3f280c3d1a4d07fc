import type { PartKind } from './format.ts'

/** What follows `previous` in the way that a delta of this kind is written; `undo` gives it back. */
export interface Delta {
  of(current: Uint8Array, previous: Uint8Array): Uint8Array
  undo(delta: Uint8Array, previous: Uint8Array): Uint8Array
}

// Plain loops: a frame has a million bytes, and calling a function for each takes several times as long.

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(a.length)
  for (let index = 0; index < result.length; index++) result[index] = a[index]! ^ b[index]!
  return result
}

const BYTEWISE: Delta = {
  of: (current, previous) => addBytes(current, previous, -1),
  undo: (a, b) => addBytes(a, b, 1),
}

function addBytes(a: Uint8Array, b: Uint8Array, sign: 1 | -1): Uint8Array {
  const result = new Uint8Array(a.length)
  for (let index = 0; index < result.length; index++) result[index] = a[index]! + sign * b[index]!
  return result
}

/** Over numbers whose low bytes all come before their high bytes. */
const PLANEWISE: Delta = {
  of: (current, previous) => addPlanes(current, previous, -1),
  undo: (a, b) => addPlanes(a, b, 1),
}

function addPlanes(a: Uint8Array, b: Uint8Array, sign: 1 | -1): Uint8Array {
  const result = new Uint8Array(a.length)
  const count = a.length / 2
  for (let index = 0; index < count; index++) {
    const value = valueAt(a, index) + sign * valueAt(b, index)
    result[index] = value
    result[count + index] = value >> 8
  }
  return result
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
