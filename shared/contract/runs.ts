import { z } from '../zod.ts'
import { networkSpecSchema } from '../model/spec.ts'
import { trainingSettingsSchema } from '../model/training.ts'
import { ERROR_CODES } from './errors.ts'

/**
 * `queued` until there is room for it, `starting` until the engine has built the network, then `running` or `paused`;
 * the rest are ends.
 * `interrupted` means that the engine or the lab died: like `stopped`, it can be resumed from its last checkpoint.
 */
export const RUN_STATUSES = [
  'queued',
  'starting',
  'running',
  'paused',
  'finished',
  'stopped',
  'interrupted',
  'failed',
] as const
export const runStatusSchema = z.enum(RUN_STATUSES)
export type RunStatus = z.output<typeof runStatusSchema>

/** A run that has an engine at work for it. */
export function isActive(status: RunStatus): boolean {
  return status === 'starting' || status === 'running' || status === 'paused'
}

/** A run that neither trains nor waits for its turn. */
export function hasEnded(status: RunStatus): boolean {
  return status !== 'queued' && !isActive(status)
}

/** A run that can go on from its last checkpoint. */
export function isResumable(status: RunStatus): boolean {
  return status === 'stopped' || status === 'interrupted'
}

/** A run whose network keeps weights in one bit. */
export function isBinary(run: { readonly binaryParameters: number }): boolean {
  return run.binaryParameters > 0
}

export const runIdSchema = z.string().min(1).max(64)

export const epochSchema = z.strictObject({
  /** 1 for the first. */
  epoch: z.int().min(1),
  /** Mean of the batch losses while the weights were changing, as the notebook prints it. */
  trainLoss: z.number(),
  trainAccuracy: z.number(),
  testLoss: z.number(),
  testAccuracy: z.number(),
  /** On the images that are held out from training; absent where none are. */
  validationLoss: z.number().optional(),
  validationAccuracy: z.number().optional(),
  /** Wall time of the epoch, its evaluation included. */
  seconds: z.number(),
})
export type Epoch = z.output<typeof epochSchema>

/** Where a running run stands. Times in seconds, pauses left out. */
export const progressSchema = z.strictObject({
  phase: z.enum(['training', 'testing', 'saving']),
  epoch: z.int(),
  epochs: z.int(),
  /** Steps done in all epochs. */
  step: z.int(),
  totalSteps: z.int(),
  loss: z.number().nullable(),
  accuracy: z.number().nullable(),
  imagesPerSecond: z.number().nullable(),
  elapsedSeconds: z.number(),
  remainingSeconds: z.number().nullable(),
})
export type Progress = z.output<typeof progressSchema>

/** What is needed to run it again and to trust its numbers. */
export const provenanceSchema = z.strictObject({
  appVersion: z.string(),
  commit: z.string().nullable(),
  specHash: z.string(),
  datasetSha256: z.string().nullable(),
  backend: z.string().nullable(),
  /** Such as "TensorFlow 2.21.0". */
  backendVersion: z.string().nullable(),
  /** Instruction set of the binary kernels, such as "avx2"; null where none are used. */
  kernels: z.string().nullable(),
  threads: z.int().nullable(),
  node: z.string(),
  platform: z.string(),
  cpu: z.string(),
  cores: z.int(),
  memoryBytes: z.number(),
})
export type Provenance = z.output<typeof provenanceSchema>

/** A row of History. */
export const runSummarySchema = z.strictObject({
  id: runIdSchema,
  name: z.string(),
  /** Name of the network's spec. */
  network: z.string(),
  status: runStatusSchema,
  dataset: z.string(),
  epochs: z.int(),
  epochsDone: z.int(),
  testAccuracy: z.number().nullable(),
  /** Of the epoch that was best on the images held out, on the test images where none are. */
  bestTestAccuracy: z.number().nullable(),
  trainLoss: z.number().nullable(),
  parameters: z.int(),
  binaryParameters: z.int(),
  packedBytes: z.int(),
  seed: z.int(),
  backend: z.string().nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Training time, pauses left out. */
  seconds: z.number(),
  /** Why it failed or was interrupted, in a sentence. */
  message: z.string().nullable(),
  /** The same for programs; null while nothing is wrong. */
  errorCode: z.enum(ERROR_CODES).nullable(),
  /** Shared by runs that differ by their seed only; null for a run that stands alone. */
  groupId: z.string().nullable(),
})
export type RunSummary = z.output<typeof runSummarySchema>

/** Something that a person changed while a run was trained. */
export const markSchema = z.strictObject({
  /** Steps that were done by then. */
  step: z.int().min(0),
  /** The base learning rate from then on, before schedule and warm-up. */
  learningRate: z.number(),
})
export type Mark = z.output<typeof markSchema>

/** A time in which a run was at work: it ends where the next begins, or with the run. */
export const stretchSchema = z.strictObject({
  /** Training time before it, pauses left out. */
  seconds: z.number().min(0),
  /** ISO 8601, UTC. */
  beganAt: z.string(),
})
export type Stretch = z.output<typeof stretchSchema>

export const runDetailSchema = z.strictObject({
  ...runSummarySchema.shape,
  spec: networkSpecSchema,
  settings: trainingSettingsSchema,
  provenance: provenanceSchema,
  epochRecords: z.array(epochSchema),
  marks: z.array(markSchema),
  /** In their order; none of runs that earlier versions have trained. */
  stretches: z.array(stretchSchema),
  /** Median time of one step in milliseconds, forward, backward and update. */
  stepMs: z.number().nullable(),
  /** The epoch whose weights early stopping has kept; null where the run has those of its last epoch. */
  keptEpoch: z.int().min(1).nullable(),
  progress: progressSchema.nullable(),
})
export type RunDetail = z.output<typeof runDetailSchema>

/** Per-step numbers as columns, one entry a step; step k of the run stands at index k - from. */
export const stepColumnsSchema = z.strictObject({
  /** Number of the first step held, 1 for the first of the run. */
  from: z.int().min(1),
  loss: z.instanceof(Float32Array),
  accuracy: z.instanceof(Float32Array),
  /** Training time at the end of each step, pauses left out. */
  seconds: z.instanceof(Float32Array),
})
export type StepColumns = z.output<typeof stepColumnsSchema>
