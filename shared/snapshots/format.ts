import { z } from '../zod.ts'

/**
 * The file in which a run keeps its weights in motion: `runs/<id>/snapshots/weights.bin`. It grows at its end,
 * and only there is anything taken off, so a run that is killed leaves a file that can be read up to its last whole
 * record.
 *
 * A file is a sequence of records, the first of them the header, the rest frames in the order of their steps:
 *
 *     offset 0   'SGNW', then as 32-bit little-endian numbers
 *            4   bytes of the head
 *            8   bytes of the body
 *           12   CRC-32 of the head
 *           16   the head: JSON in ASCII, `headerSchema` or `frameHeadSchema`
 *                the body: the parts that the head lists, one after the other
 *
 * A part is one layer's signs, latent weights or flip counts after one step, deflated, whole ("key") or as the change
 * since the part of its kind before it ("delta"):
 *
 * - signs: one bit a weight in the order of the weights, packed as one row of shared/bits/layout.ts; a delta is the XOR;
 * - latents: one byte a weight, the codes of quantize.ts; a delta is the difference modulo 256, and only follows a part
 *   of the same range;
 * - flips: how often each weight changed its sign since the first step, as 16-bit numbers that stay at their largest;
 *   low bytes of all weights first, then the high bytes; a delta is the difference of the numbers modulo 65,536.
 */
export const SNAPSHOT_SCHEMA = 1

/** Name of the file in a run's folder of snapshots. */
export const SNAPSHOT_FILE = 'weights.bin'

export const HISTOGRAM_BUCKETS = 64

/** Flips of one weight that are told apart; more count as so many. */
export const MOST_FLIPS = 65_535

const count = z.int().min(0)

/** How one filter, or one output unit, is an image: rows, columns, and one such image for every channel. */
export const filterShapeSchema = z.strictObject({
  height: z.int().min(1),
  width: z.int().min(1),
  channels: z.int().min(1),
})
export type FilterShape = z.output<typeof filterShapeSchema>

export const watchedLayerSchema = z.strictObject({
  id: z.string(),
  type: z.string(),
  /** Whether the layer computes with the signs of its weights; of others only the latents are kept. */
  binary: z.boolean(),
  /**
   * Filters or output units. The weights lie as in the engine, the filter last: weight k of filter f stands at
   * `k · filters + f`.
   */
  filters: z.int().min(1),
  /** Weight k of a filter belongs to row, column and channel in this order, the channel last. */
  filter: filterShapeSchema,
  /** Latent weights are kept in [-clip, clip]; null lets them grow. */
  clip: z.number().nullable(),
})
export type WatchedLayer = z.output<typeof watchedLayerSchema>

export const headerSchema = z.strictObject({
  schema: z.literal(SNAPSHOT_SCHEMA),
  stepsPerEpoch: z.int().min(1),
  totalSteps: z.int().min(1),
  layers: z.array(watchedLayerSchema),
})
export type SnapshotHeader = z.output<typeof headerSchema>

export const PART_KINDS = ['signs', 'latents', 'flips'] as const
export type PartKind = (typeof PART_KINDS)[number]

const partSchema = z.strictObject({
  /** Index of the layer in the header. */
  layer: count,
  kind: z.enum(PART_KINDS),
  coding: z.enum(['key', 'delta']),
  /** In the file, deflated. */
  bytes: count,
  crc: count,
  /** Latents: the magnitude that the outermost codes end at. Flips: the largest count. Signs: 1. */
  range: z.number(),
})
export type SnapshotPart = z.output<typeof partSchema>

const measuresSchema = z.strictObject({
  /** Latent weights in equal buckets over [-range, range]. */
  range: z.number(),
  histogram: z.array(count).length(HISTOGRAM_BUCKETS),
  /** Flips since the frame before: `flips[i]` in the `spans[i]` steps that end with step `steps[i]`. */
  steps: z.array(count),
  spans: z.array(count),
  flips: z.array(count),
})
export type LayerMeasures = z.output<typeof measuresSchema>

export const frameHeadSchema = z.strictObject({
  /** Steps done when it was taken, 0 for the weights as they were drawn. */
  step: count,
  /** One for each layer of the header. */
  measures: z.array(measuresSchema),
  parts: z.array(partSchema),
})
export type FrameHead = z.output<typeof frameHeadSchema>

/** Weights in one filter. */
export function filterSize({ filter: { height, width, channels } }: Pick<WatchedLayer, 'filter'>): number {
  return height * width * channels
}

export function weightsOf(layer: Pick<WatchedLayer, 'filter' | 'filters'>): number {
  return layer.filters * filterSize(layer)
}
