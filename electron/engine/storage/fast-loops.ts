import type { ClipByValueAttrs, NamedAttrMap } from '@tensorflow/tfjs-core'

/** A step is 0 for a scalar, which goes with every value of the other, and 1 else. */
export type Combine<Result> = (a: Float32Array, aStep: number, b: Float32Array, bStep: number, into: Result) => void
type Apply = (x: Float32Array, into: Float32Array, attrs: NamedAttrMap) => void

// One loop each: V8 makes no fast code of a loop that calls another function every time.

export const ARITHMETIC: Readonly<Record<string, Combine<Float32Array>>> = {
  Add(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! + b[i * bStep]!
  },
  Sub(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! - b[i * bStep]!
  },
  Multiply(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! * b[i * bStep]!
  },
  RealDiv(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! / b[i * bStep]!
  },
  Minimum(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = Math.min(a[i * aStep]!, b[i * bStep]!)
  },
}

export const COMPARISONS: Readonly<Record<string, Combine<Uint8Array>>> = {
  Greater(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! > b[i * bStep]! ? 1 : 0
  },
  GreaterEqual(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! >= b[i * bStep]! ? 1 : 0
  },
  Less(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! < b[i * bStep]! ? 1 : 0
  },
  LessEqual(a, aStep, b, bStep, into) {
    for (let i = 0; i < into.length; i++) into[i] = a[i * aStep]! <= b[i * bStep]! ? 1 : 0
  },
}

/** Of one value, by the names of TF.js's kernels and with their results. */
export const FUNCTIONS: Readonly<Record<string, Apply>> = {
  Abs(x, into) {
    for (let i = 0; i < into.length; i++) into[i] = Math.abs(x[i]!)
  },
  Neg(x, into) {
    for (let i = 0; i < into.length; i++) into[i] = -x[i]!
  },
  Square(x, into) {
    for (let i = 0; i < into.length; i++) into[i] = x[i]! * x[i]!
  },
  Exp(x, into) {
    for (let i = 0; i < into.length; i++) into[i] = Math.exp(x[i]!)
  },
  /** -1, 0 or 1. */
  Sign(x, into) {
    for (let i = 0; i < into.length; i++) into[i] = Number(x[i]! > 0) - Number(x[i]! < 0)
  },
  ClipByValue(x, into, attrs) {
    const { clipValueMin, clipValueMax } = attrs as unknown as ClipByValueAttrs
    for (let i = 0; i < into.length; i++) {
      const value = x[i]!
      into[i] = value > clipValueMax ? clipValueMax : value < clipValueMin ? clipValueMin : value
    }
  },
  /** Halves go to the even neighbour. */
  Round(x, into) {
    for (let i = 0; i < into.length; i++) {
      const below = Math.floor(x[i]!)
      const rest = x[i]! - below
      const even = below % 2 === 0 ? below : below + 1
      into[i] = rest < 0.5 ? below : rest > 0.5 ? Math.ceil(x[i]!) : even
    }
  },
}
