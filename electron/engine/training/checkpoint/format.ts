import { z } from 'zod'
import { OPTIMIZER_TYPES } from '#shared/model/optimizers.ts'

/** Version of state.json; a reader refuses a newer one. */
export const CHECKPOINT_SCHEMA = 1

export const WEIGHTS_FILE = 'weights.bin'
export const OPTIMIZER_FILE = 'optimizer.bin'
/** The weights of the best epoch, where early stopping watches for it. */
export const BEST_FILE = 'best.bin'
export const STATE_FILE = 'state.json'

/** One tensor of a binary file: they follow each other as 32-bit little-endian floats in row-major order. */
const tensorSchema = z.strictObject({ name: z.string(), shape: z.array(z.int().min(0)) })
export type StoredTensor = z.output<typeof tensorSchema>

const fileSchema = z.strictObject({
  bytes: z.int().min(0),
  sha256: z.string(),
  tensors: z.array(tensorSchema),
})
export type StoredFile = z.output<typeof fileSchema>

const randomStateSchema = z.array(z.int()).length(4)

/** Where training stands, between two steps. */
export const positionSchema = z.strictObject({
  /** Epochs whose evaluation is done. */
  epochsDone: z.int().min(0),
  /** Steps done in the epoch after those. */
  epochSteps: z.int().min(0),
  /** Steps done in all epochs. */
  steps: z.int().min(0),
  /** Training time, pauses left out. */
  seconds: z.number().min(0),
  /** The part of it that belongs to the epoch that is under way. */
  epochSeconds: z.number().min(0),
  /** Sums over the steps of that epoch. */
  sums: z.strictObject({ loss: z.number(), hits: z.int(), images: z.int() }),
})
export type Position = z.output<typeof positionSchema>

/** What early stopping knows of the epochs that are done. */
const earlyStoppingStateSchema = z.strictObject({
  bestEpoch: z.int().min(1),
  bestValue: z.number(),
})
export type EarlyStoppingState = z.output<typeof earlyStoppingStateSchema>

export const stateSchema = z.strictObject({
  schema: z.literal(CHECKPOINT_SCHEMA),
  position: positionSchema,
  /** The base rate, which may have been changed by hand; absent in checkpoints from before it could be. */
  learningRate: z.number().positive().optional(),
  /** The order stream stands where the epoch that is under way began, the others after the last step. */
  random: z.strictObject({
    order: randomStateSchema,
    dropout: randomStateSchema,
    /** Absent in checkpoints from before there was augmentation. */
    augmentation: randomStateSchema.optional(),
  }),
  optimizer: z.strictObject({ type: z.enum(OPTIMIZER_TYPES), steps: z.int().min(0) }),
  /** With `best.bin`, once early stopping has seen an epoch. */
  earlyStopping: earlyStoppingStateSchema.optional(),
  files: z.strictObject({
    [WEIGHTS_FILE]: fileSchema,
    [OPTIMIZER_FILE]: fileSchema,
    [BEST_FILE]: fileSchema.optional(),
  }),
})
export type CheckpointState = z.output<typeof stateSchema>

/** Folder of a checkpoint: `epoch-0003` after three whole epochs, `epoch-0003-step-0002134` within the fourth. */
export function checkpointName({ epochsDone, epochSteps, steps }: Position): string {
  const epoch = `epoch-${String(epochsDone).padStart(4, '0')}`
  return epochSteps === 0 ? epoch : `${epoch}-step-${String(steps).padStart(7, '0')}`
}

/** What is added to the name of a checkpoint while another of the same moment takes its place. */
export const REPLACED = '.old'

/** Names of checkpoints among `names`, newest first; half-written ones have other names. */
export function newestFirst(names: readonly string[]): string[] {
  const rank = (name: string): [number, number, number] | null => {
    const match = /^epoch-(\d{4,})(?:-step-(\d{7,}))?(\.old)?$/.exec(name)
    return match ? [Number(match[1]), Number(match[2] ?? 0), match[3] ? 0 : 1] : null
  }
  return names
    .flatMap((name) => {
      const ranked = rank(name)
      return ranked ? [{ name, ranked }] : []
    })
    .sort(({ ranked: a }, { ranked: b }) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2])
    .map(({ name }) => name)
}
