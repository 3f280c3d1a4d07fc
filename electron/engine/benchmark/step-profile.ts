import type { StepProfile } from './messages.ts'
import { median, spreadOf } from './spread.ts'
import type { Samples } from './turns.ts'

/** What measured training steps say about where their time goes. */
export function stepProfile(samples: Samples, layerIds: readonly string[]): StepProfile {
  const part = (name: string) => median(samples.part(name))
  const layers = layerIds.map((id) => ({ id, forwardMs: part(`forward ${id}`), backwardMs: part(`backward ${id}`) }))
  const step = spreadOf(samples.ms)
  return {
    stepMs: step.median,
    stepQuartilesMs: step.quartiles,
    stepRangeMs: step.range,
    layers,
    lossMs: part('loss'),
    optimizerMs: part('optimizer'),
    otherMs: median(samples.rest()),
  }
}
