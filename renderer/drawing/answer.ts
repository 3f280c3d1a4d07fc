/** What a network takes an image for, a digit or another class, and by how much. */
export interface Verdict {
  readonly digit: number
  readonly probability: number
  readonly runnerUp: number
  /** How far the winner is ahead of the runner-up, as a share of one. */
  readonly margin: number
}

/** The winner of ten probabilities; of equal ones the smaller digit. */
export function verdictOf(probabilities: readonly number[]): Verdict {
  const ranked = probabilities
    .map((probability, digit) => ({ probability, digit }))
    .toSorted((a, b) => b.probability - a.probability)
  const [winner, second] = ranked
  return {
    digit: winner!.digit,
    probability: winner!.probability,
    runnerUp: second!.digit,
    margin: winner!.probability - second!.probability,
  }
}

/** Microseconds as people read them: "240 µs", "1.42 ms". */
export function formatMicroseconds(microseconds: number): string {
  return microseconds < 1000 ? `${Math.round(microseconds)} µs` : `${(microseconds / 1000).toFixed(2)} ms`
}
