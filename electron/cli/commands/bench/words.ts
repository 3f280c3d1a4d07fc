import type { Spread } from '#electron/host/engines/measure.ts'

/** Digits that a measurement can be trusted to: three that count, and no more than two after the point. */
export function figure(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
}

/** Such as "839 (830–845)": the median, and between which two half of the rounds lay. */
export function withQuartiles({ median, quartiles: [low, high] }: Spread): string {
  return `${figure(median)} (${figure(low)}–${figure(high)})`
}

export function times({ median }: Spread): string {
  return `${figure(median)}×`
}

export function threadsInWords(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`
}

export function withoutTensorflow({ missing }: { readonly missing: string | null }): string {
  return missing === null ? '' : `TensorFlow was not measured: ${missing}\n`
}
