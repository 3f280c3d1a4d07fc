import { z } from 'zod'
import type { InferenceReport, TrainingReport } from '#electron/engine/protocol.ts'
import { layerActivationSchema } from '#shared/contract/activations.ts'
import { errorMessageSchema, SignumError } from '#shared/contract/errors.ts'
import { datasetSchema } from '#shared/contract/methods.ts'
import { epochSchema, markSchema, progressSchema, stepColumnsSchema } from '#shared/contract/runs.ts'

/**
 * What engine processes may say. They are our own, but they are other processes with native code in them: what they
 * send is checked before it reaches the database.
 */
const engineSchema = z.object({
  backend: z.enum(['tensorflow', 'native']),
  backendVersion: z.string(),
  kernels: z.string().nullable(),
  threads: z.int(),
  datasetSha256: z.string().nullable(),
})

const type = <Name extends string>(name: Name) => z.literal(name)
const seconds = z.number().min(0)
const count = z.int().min(0)
const bytes = z.instanceof(Uint8Array)

const trainingReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: type('started'),
    engine: engineSchema,
    epochsDone: count,
    stepsDone: count,
    secondsDone: seconds,
  }),
  z.object({ type: type('progress'), progress: progressSchema }),
  z.object({ type: type('steps'), columns: stepColumnsSchema }),
  z.object({
    type: type('epoch'),
    epoch: epochSchema,
    stepMs: z.number(),
    predictions: z.object({ predicted: bytes, losses: bytes }),
  }),
  z.object({ type: type('checkpoint'), epoch: count, step: count, folder: z.string() }),
  z.object({ type: type('snapshot'), step: count }),
  z.object({ type: type('notice'), message: z.string() }),
  z.object({ type: type('paused') }),
  z.object({ type: type('resumed') }),
  z.object({ type: type('marked'), mark: markSchema }),
  z.object({
    type: type('finished'),
    stepMs: z.number(),
    seconds,
    keptEpoch: count.nullable(),
    remark: z.string().nullable(),
  }),
  z.object({ type: type('stopped'), seconds }),
  z.object({ type: type('failed'), error: errorMessageSchema, seconds }),
])

const id = z.int()

const inferenceReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: type('answers'),
    id,
    answers: z.array(
      z.object({ runId: z.string(), probabilities: z.array(z.number()), microseconds: z.number().min(0) }),
    ),
  }),
  z.object({ type: type('packed'), id, file: z.instanceof(Uint8Array) }),
  z.object({
    type: type('packedAnswers'),
    id,
    answers: z.array(z.object({ probabilities: z.array(z.number()), microseconds: z.number().min(0) })),
  }),
  z.object({
    type: type('evaluation'),
    id,
    testAccuracy: z.number(),
    images: count,
    microsecondsPerImage: z.number().min(0),
  }),
  z.object({ type: type('activations'), id, layers: z.array(layerActivationSchema) }),
  z.object({ type: type('description'), id, engine: engineSchema }),
  z.object({ type: type('datasets'), id, datasets: z.array(datasetSchema) }),
  z.object({ type: type('samples'), id, pixels: bytes, labels: bytes }),
  z.object({ type: type('labels'), id, labels: bytes }),
  z.object({ type: type('error'), id, error: errorMessageSchema }),
])

/** @throws SignumError `internal` when it is no message of a training engine. */
export function parseTrainingReport(message: unknown): TrainingReport {
  return parse(trainingReportSchema, message)
}

/** @throws SignumError `internal` when it is no message of an inference engine. */
export function parseInferenceReport(message: unknown): InferenceReport {
  return parse(inferenceReportSchema, message)
}

function parse<Schema extends z.ZodType>(schema: Schema, message: unknown): z.output<Schema> {
  const result = schema.safeParse(message)
  if (result.success) return result.data
  throw new SignumError('internal', `The engine said something unknown: ${z.prettifyError(result.error)}`)
}
