import { z } from '../zod.ts'
import { layerActivationSchema } from './activations.ts'
import { LIMITS } from '../model/limits.ts'
import { networkSpecSchema } from '../model/spec.ts'
import { trainingSettingsSchema } from '../model/training.ts'
import { runDetailSchema, runIdSchema, runStatusSchema, runSummarySchema, stepColumnsSchema } from './runs.ts'
import { snapshotIndexSchema, snapshotRequestSchema, snapshotSchema, weightHistorySchema } from './snapshots.ts'

/** Side of the square image that the digit networks read. */
export const DIGIT_SIDE = 28

const nothing = z.strictObject({})
const oneRun = z.strictObject({ id: runIdSchema })
const networkId = z.string().min(1).max(LIMITS.nameLength)
const datasetName = z.string().min(1).max(64)
const runName = z.string().trim().min(1).max(120)

export const doctorCheckSchema = z.strictObject({
  /** Short and stable, such as "tensorflow". */
  id: z.string(),
  label: z.string(),
  status: z.enum(['ok', 'warning', 'missing']),
  /** What was found, or what its absence means. */
  detail: z.string(),
})
export type DoctorCheck = z.output<typeof doctorCheckSchema>

export const datasetSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  height: z.int(),
  width: z.int(),
  channels: z.int(),
  classes: z.array(z.string()),
  trainImages: z.int(),
  testImages: z.int(),
  available: z.boolean(),
  /** Where it can be had when it is not available. */
  hint: z.string().nullable(),
})
export type Dataset = z.output<typeof datasetSchema>

export const networkSchema = z.strictObject({
  /** A preset's name, or the id of a saved network. */
  id: z.string(),
  source: z.enum(['preset', 'saved']),
  title: z.string(),
  description: z.string(),
  spec: networkSpecSchema,
  /** What this network is best trained with. */
  settings: trainingSettingsSchema,
})
export type Network = z.output<typeof networkSchema>

export const labInfoSchema = z.strictObject({
  version: z.string(),
  commit: z.string().nullable(),
  host: z.enum(['electron', 'server', 'cli']),
  dataFolder: z.string(),
  /** The person's home folder, which paths are shown relative to. */
  homeFolder: z.string(),
  /** What `auto` means on this machine, such as "TensorFlow 2.21.0"; null until an engine has said so. */
  backend: z.string().nullable(),
  kernels: z.string().nullable(),
  threads: z.int(),
  /** What the lab had to tell when it opened, such as a restored backup. */
  notices: z.array(z.string()),
})
export type LabInfo = z.output<typeof labInfoSchema>

export const answerSchema = z.strictObject({
  runId: runIdSchema,
  /** One probability per class. */
  probabilities: z.array(z.number()),
  /** Time of the forward pass alone. */
  microseconds: z.number(),
})
export type Answer = z.output<typeof answerSchema>

/** A larger one could not have been exported: 100 million parameters as floats fit. */
const LARGEST_PACKED_FILE = 500_000_000
const packedFile = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length <= LARGEST_PACKED_FILE, `must have at most ${LARGEST_PACKED_FILE} bytes`)

const newRuns = z.strictObject({
  spec: networkSpecSchema,
  settings: trainingSettingsSchema,
  name: runName.optional(),
  /** Makes a group of as many runs, each with the next seed. */
  repeats: z.int().min(1).max(LIMITS.repeats).default(1),
})

/**
 * Every request the lab answers: method name, what goes in, what comes out.
 * Handlers in electron/host/handlers implement them; both transports and the CLI call them.
 */
export const METHODS = {
  'lab.info': { input: nothing, output: labInfoSchema },
  'lab.doctor': { input: nothing, output: z.array(doctorCheckSchema) },

  'settings.get': { input: nothing, output: z.record(z.string(), z.json()) },
  'settings.set': { input: z.strictObject({ key: z.string().min(1).max(64), value: z.json() }), output: nothing },

  'datasets.list': { input: nothing, output: z.array(datasetSchema) },
  'datasets.sample': {
    input: z.strictObject({ dataset: datasetName, split: z.enum(['train', 'test']), index: z.int().min(0) }),
    output: z.strictObject({ pixels: z.instanceof(Uint8Array), label: z.int() }),
  },
  /** Several at once, one image after the other. */
  'datasets.samples': {
    input: z.strictObject({
      dataset: datasetName,
      split: z.enum(['train', 'test']),
      indices: z.array(z.int().min(0)).min(1).max(LIMITS.samples),
    }),
    output: z.strictObject({ pixels: z.instanceof(Uint8Array), labels: z.instanceof(Uint8Array) }),
  },
  /** The class of every image. */
  'datasets.labels': {
    input: z.strictObject({ dataset: datasetName, split: z.enum(['train', 'test']) }),
    output: z.strictObject({ labels: z.instanceof(Uint8Array) }),
  },

  'networks.list': { input: nothing, output: z.array(networkSchema) },
  'networks.save': {
    input: z.strictObject({ spec: networkSpecSchema, settings: trainingSettingsSchema }),
    output: networkSchema,
  },
  'networks.remove': { input: z.strictObject({ id: networkId }), output: nothing },

  /** Begins a run, or queues it while two others are being trained. Of a group, the first is answered. */
  'runs.start': { input: newRuns, output: runSummarySchema },
  /**
   * The same for several networks that begin as one, such as a network and its twin: all of them are created, or none.
   * One whose engine cannot be started is answered as `interrupted`, with the reason, and can be resumed; the others
   * train. Where none can be started, the request fails with the reason.
   */
  'runs.startTogether': {
    input: z.strictObject({ runs: z.array(newRuns).min(1).max(LIMITS.together) }),
    output: z.array(runSummarySchema),
  },
  'runs.pause': { input: oneRun, output: nothing },
  /** Trains one batch, or up to the end of the epoch with its test, and pauses. */
  'runs.step': { input: z.strictObject({ id: runIdSchema, unit: z.enum(['batch', 'epoch']) }), output: nothing },
  /** From the next step on; schedule and warm-up go on from the new rate. */
  'runs.setLearningRate': {
    input: z.strictObject({ id: runIdSchema, learningRate: trainingSettingsSchema.shape.learningRate.unwrap() }),
    output: nothing,
  },
  /** Writes a checkpoint after the step that is under way. */
  'runs.checkpoint': { input: oneRun, output: nothing },
  /**
   * Goes on after a pause, or from the last checkpoint of a run that was stopped or interrupted; begins a queued run
   * before its turn.
   */
  'runs.resume': { input: oneRun, output: runSummarySchema },
  /** Ends a run with a checkpoint; a queued one leaves the queue without having begun. */
  'runs.stop': { input: oneRun, output: nothing },
  /** Ids of the runs that wait for their turn, in the order in which they will begin. */
  'runs.queue': { input: nothing, output: z.array(runIdSchema) },
  'runs.list': {
    input: z.strictObject({ search: z.string().max(200).optional(), status: runStatusSchema.optional() }),
    output: z.array(runSummarySchema),
  },
  /** `id` may also be "latest" or an unambiguous beginning of an id. */
  'runs.get': { input: oneRun, output: runDetailSchema },
  'runs.steps': {
    input: z.strictObject({ id: runIdSchema, from: z.int().min(1).default(1) }),
    output: stepColumnsSchema,
  },
  /** Epochs of which every answer to the test images is kept: all of a short run, evenly chosen ones of a long one. */
  'runs.predictedEpochs': { input: oneRun, output: z.strictObject({ epochs: z.array(z.int()) }) },
  /** The answers after one of them, an entry a test image; see shared/predictions. */
  'runs.predictions': {
    input: z.strictObject({ id: runIdSchema, epoch: z.int().min(1) }),
    output: z.strictObject({ predicted: z.instanceof(Uint8Array), losses: z.instanceof(Uint8Array) }),
  },
  'runs.rename': { input: z.strictObject({ id: runIdSchema, name: runName }), output: runSummarySchema },
  /** Hides a run; `runs.restore` brings it back until the lab clears out what has been hidden for 30 days. */
  'runs.remove': { input: oneRun, output: nothing },
  'runs.restore': { input: oneRun, output: runSummarySchema },
  'runs.evaluate': {
    input: z.strictObject({
      id: runIdSchema,
      engine: z.enum(['float', 'packed']).default('float'),
      threads: z.int().min(1).max(LIMITS.threads).nullable().default(null),
    }),
    output: z.strictObject({ testAccuracy: z.number(), images: z.int(), microsecondsPerImage: z.number() }),
  },

  /** The trained network as a packed file, for `packed.…` on any machine. */
  'runs.pack': { input: oneRun, output: z.strictObject({ file: z.instanceof(Uint8Array) }) },

  /** `file`: what `runs.pack` gave. */
  'packed.evaluate': {
    input: z.strictObject({
      file: packedFile,
      dataset: datasetName.default('mnist'),
      threads: z.int().min(1).max(LIMITS.threads).nullable().default(null),
    }),
    output: z.strictObject({ testAccuracy: z.number(), images: z.int(), microsecondsPerImage: z.number() }),
  },
  'packed.predict': {
    input: z.strictObject({ file: packedFile, images: z.array(z.instanceof(Uint8Array)).min(1).max(1000) }),
    output: z.array(answerSchema.omit({ runId: true })),
  },

  /** What a run has recorded of its weights; nothing for one that watched none. */
  'weights.index': { input: oneRun, output: snapshotIndexSchema },
  /** Some filters of one layer after one step. */
  'weights.snapshot': { input: snapshotRequestSchema, output: snapshotSchema },
  /** Flip ratios and histograms of every watched layer. */
  'weights.history': { input: oneRun, output: weightHistorySchema },

  /** `pixels`: 28×28 bytes, row by row, 0 paper and 255 ink, already normalised as MNIST was. */
  'digits.predict': {
    input: z.strictObject({ runs: z.array(runIdSchema).min(1).max(4), pixels: z.instanceof(Uint8Array) }),
    output: z.array(answerSchema),
  },
  /** The same for one run: what leaves each of its layers. */
  'digits.activations': {
    input: z.strictObject({ run: runIdSchema, pixels: z.instanceof(Uint8Array) }),
    output: z.array(layerActivationSchema),
  },
} as const

export type Method = keyof typeof METHODS
export type RequestOf<M extends Method> = z.input<(typeof METHODS)[M]['input']>
export type ValidRequestOf<M extends Method> = z.output<(typeof METHODS)[M]['input']>
export type ResponseOf<M extends Method> = z.output<(typeof METHODS)[M]['output']>
