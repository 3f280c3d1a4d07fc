import { z } from '../zod.ts'
import { MOST_FILTERS } from '../snapshots/filters.ts'
import { HISTOGRAM_BUCKETS, PART_KINDS, watchedLayerSchema } from '../snapshots/format.ts'
import { runIdSchema } from './runs.ts'

/**
 * How a layer's weights can be looked at: their signs, their latent values, or how often each has flipped. Of layers
 * that are not binary only the latent values are kept. Where an engine died and the run went on, flips there and back
 * between the frames of before are not counted; a run that was stopped counts them all.
 */
export const weightModeSchema = z.enum(PART_KINDS)
export type WeightMode = z.output<typeof weightModeSchema>

const layerIdSchema = z.string().min(1).max(64)
const step = z.int().min(0)

/** What a run has recorded of its weights; no layers where nothing was watched. */
export const snapshotIndexSchema = z.strictObject({
  stepsPerEpoch: z.int().min(0),
  totalSteps: z.int().min(0),
  layers: z.array(watchedLayerSchema),
  /** In the order of their steps. Signs are there at nearly every one of them, the rest at some. */
  frames: z.array(z.strictObject({ step, modes: z.array(weightModeSchema) })),
})
export type SnapshotIndex = z.output<typeof snapshotIndexSchema>

export const snapshotRequestSchema = z.strictObject({
  id: runIdSchema,
  layer: layerIdSchema,
  mode: weightModeSchema,
  /** The newest frame of this mode up to this step is answered. */
  step,
  /** The filters wanted, as many as fit one answer. */
  from: z.int().min(0).default(0),
  count: z.int().min(1).max(MOST_FILTERS).default(MOST_FILTERS),
})

/** Some filters of one layer after one step, filter by filter, each with its first `size` weights. */
export const snapshotSchema = z.strictObject({
  mode: weightModeSchema,
  step,
  from: z.int().min(0),
  count: z.int().min(0),
  size: z.int().min(1),
  /** Latents: the magnitude that the outermost codes end at. Flips: the largest count in the layer. Signs: 1. */
  range: z.number(),
  /**
   * Signs: a bit a weight, a row of shared/bits/layout.ts for each filter. Latents: a code a weight, as
   * shared/snapshots/quantize.ts says. Flips: a count in two bytes a weight, the lower first.
   */
  values: z.instanceof(Uint8Array),
})
export type Snapshot = z.output<typeof snapshotSchema>

/** One layer over the whole run. */
export const layerHistorySchema = z.strictObject({
  layer: layerIdSchema,
  /** Share of the weights that flipped in one step, as the mean of the steps up to each of these. */
  flipSteps: z.instanceof(Float32Array),
  flipRatios: z.instanceof(Float32Array),
  /** One histogram of the latent weights for each of these steps, in equal buckets over [-range, range]. */
  histogramSteps: z.instanceof(Float32Array),
  ranges: z.instanceof(Float32Array),
  /** Shares of the weights, histogram after histogram. */
  histograms: z.instanceof(Float32Array),
  buckets: z.literal(HISTOGRAM_BUCKETS),
})
export type LayerHistory = z.output<typeof layerHistorySchema>

export const weightHistorySchema = z.strictObject({ layers: z.array(layerHistorySchema) })
export type WeightHistory = z.output<typeof weightHistorySchema>
