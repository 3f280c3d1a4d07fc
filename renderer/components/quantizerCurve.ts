import {
  quantizerDefinition,
  quantizerFunctions,
  quantizerOf,
  type QuantizerValue,
  valuesOf,
} from '#shared/model/quantizers/index.ts'

/** A quantizer as it is drawn: what it makes of every x, and what a gradient is multiplied by on its way back. */
export interface QuantizerCurve {
  /** The curve goes from -reach to reach. */
  readonly reach: number
  readonly xs: readonly number[]
  readonly forward: readonly number[]
  readonly gradient: readonly number[]
}

const POINTS = 401
const USUAL_REACH = 2
const LARGEST_REACH = 12

/**
 * Samples the closed forms. What a quantizer takes from all of its values, such as their largest, it takes from the
 * samples: values spread evenly over the curve.
 *
 * @param threshold |x| above which the layer lets no gradient pass; null where it lets all of it pass.
 * @param progress share of the training that is done.
 */
export function sampleQuantizer(value: QuantizerValue, threshold: number | null, progress: number): QuantizerCurve {
  const reach = Math.min(Math.max(USUAL_REACH, 1.25 * (threshold ?? 0)), LARGEST_REACH)
  const middle = (POINTS - 1) / 2
  const xs = Array.from({ length: POINTS }, (_, index) => ((index - middle) / middle) * reach)
  const { forward, gradient } = quantizerFunctions(value, xs, progress)
  const passes = (x: number) => threshold === null || Math.abs(x) <= threshold
  return { reach, xs, forward: xs.map(forward), gradient: xs.map((x) => (passes(x) ? gradient(x) : 0)) }
}

/** The curve for those who do not see it. */
export function describeQuantizer(value: QuantizerValue, { xs, forward, gradient, reach }: QuantizerCurve): string {
  const { type } = quantizerOf(value)
  const levels = [...new Set(forward.map(shown))]
  const [lowest, highest] = [Math.min(...forward), Math.max(...forward)]
  // A slope so steep that only its middle is sampled looks like the step that it nearly is.
  const isSlope = levels.length > 2 ** valuesOf(value).bits + 1
  const values = isSlope
    ? `a slope from ${shown(lowest)} to ${shown(highest)}`
    : levels.length > 4
      ? `${levels.length} levels from ${shown(lowest)} to ${shown(highest)}`
      : levels.join(', ')
  const passing = xs.filter((_, index) => gradient[index] !== 0)
  const [from, to] = [passing[0] ?? 0, passing.at(-1) ?? 0]
  const where =
    from <= -reach && to >= reach ? 'wherever x is' : `from x = ${shown(from)} to ${shown(to)} and none beyond`
  const atZero = gradient[(xs.length - 1) / 2]!
  const largest = Math.max(...gradient)
  const size =
    largest > atZero + 0.005 ? `${shown(atZero)} at zero, at most ${shown(largest)}` : `${shown(atZero)} at zero`
  return `${quantizerDefinition(type).title}: x becomes ${values}. The gradient is multiplied by ${size}; it passes ${where}.`
}

/** A number in a few characters, with a minus sign that is one. */
export function shown(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return rounded < 0 ? `−${-rounded}` : String(rounded + 0)
}
