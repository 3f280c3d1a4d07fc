import type { SnapshotHeader } from '#shared/snapshots/format.ts'

/** Frames that show how a run went without a jump: twelve a second play it in ten seconds. */
const MOST_FRAMES = 128
const FEWEST_FRAMES = 16
/** Of them, those that hold latent weights and flip counts as well as signs. */
const FEWEST_WHOLE_FRAMES = 4

/** What the signs, and the latents with the counts, may take of the file. */
const SIGN_BYTES = 4.6e6
const WHOLE_BYTES = 11.6e6
/** Deflated bytes that a weight takes in a frame, as measured while the binary LeNet trains. */
const BYTES_PER_SIGN = 0.042
const BYTES_PER_WHOLE = 0.93

/** `signs` are kept at every frame, the latent weights and the flip counts at those that are whole. */
export type FrameContent = 'signs' | 'whole'

/**
 * After which steps a run of this length keeps a frame: the first ones, in which most weights flip, close together, and
 * the end of every epoch, or of every second, third and so on where they are too many. The more weights are watched, the
 * fewer frames there are.
 */
export function planFrames(
  run: Pick<SnapshotHeader, 'totalSteps' | 'stepsPerEpoch'>,
  weights: number,
): ReadonlyMap<number, FrameContent> {
  const frames = between(FEWEST_FRAMES, SIGN_BYTES / (BYTES_PER_SIGN * weights), MOST_FRAMES)
  const whole = between(FEWEST_WHOLE_FRAMES, WHOLE_BYTES / (BYTES_PER_WHOLE * weights), frames)
  const plan = new Map<number, FrameContent>()
  for (const step of placed(run, frames)) plan.set(step, 'signs')
  for (const step of placed(run, whole)) plan.set(step, 'whole')
  return plan
}

/** About `count` steps: ends of epochs, and the rest at steps · (i / n)². */
function placed({ totalSteps, stepsPerEpoch }: Pick<SnapshotHeader, 'totalSteps' | 'stepsPerEpoch'>, count: number) {
  const epochs = Math.ceil(totalSteps / stepsPerEpoch)
  const every = Math.ceil(epochs / (count - 1))
  const steps = new Set([0, totalSteps])
  for (let epoch = epochs; epoch > 0; epoch -= every) steps.add(epoch * stepsPerEpoch)
  const rest = count - steps.size
  for (let index = 1; index <= rest; index++) steps.add(Math.round(totalSteps * (index / (rest + 1)) ** 2))
  return steps
}

function between(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(most, Math.floor(wanted)))
}
