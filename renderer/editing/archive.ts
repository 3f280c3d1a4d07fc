import { networkSchema } from '#shared/contract/methods.ts'
import { validate } from '#shared/contract/validate.ts'
import { LAYER_DEFINITIONS, type LayerType } from '#shared/model/layers/index.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import { networkSpecSchema, type LayerSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { z } from '#shared/zod.ts'
import type { Bench, NetworkDocument } from './document.ts'
import type { Step } from './history.ts'

interface RawLayer {
  readonly id: string
  readonly type: LayerType
  readonly layers?: readonly RawLayer[] | undefined
}

const VERSION = 1
/** Beyond this many characters only the last steps are kept. */
const LENGTH_OF_ALL_STEPS = 1_000_000
const STEPS_ALWAYS_KEPT = 200

// What is being edited may hold wrong values, so only what everything else relies on is checked.
const layer: z.ZodType<RawLayer> = z.looseObject({
  id: z.string(),
  type: z.enum(LAYER_DEFINITIONS.map(({ type }) => type)),
  layers: z.lazy(() => z.array(layer)).optional(),
})
const index = z.int().min(0)
const document = z.strictObject({
  name: z.string(),
  input: networkSpecSchema.shape.input,
  layers: z.array(index),
  settings: index,
})
const step = z.strictObject({
  label: z.string(),
  burst: z.string().nullable(),
  at: z.number(),
  document,
})
const archive = z.strictObject({
  version: z.literal(VERSION),
  origin: networkSchema.nullable(),
  /** Every layer and every settings that any document holds, once each. */
  layers: z.array(layer),
  settings: z.array(z.looseObject({})),
  present: document,
  past: z.array(step),
  future: z.array(step),
})

/** The bench with its history as text. Steps share what they have in common, so a long history stays small. */
export function writeBench(bench: Bench): string {
  const all = write(bench)
  if (all.length <= LENGTH_OF_ALL_STEPS) return all
  const { past, future } = bench.history
  const history = { ...bench.history, past: past.slice(-STEPS_ALWAYS_KEPT), future: future.slice(-STEPS_ALWAYS_KEPT) }
  return write({ ...bench, history })
}

/**
 * The bench that `writeBench` wrote. Parameters that layers have gained since then get their defaults.
 *
 * @throws SignumError `invalid_spec` or SyntaxError when it is none.
 */
export function readBench(text: string): Bench {
  const value = validate(archive, JSON.parse(text, revive), 'invalid_spec', 'The kept draft')
  const layers = value.layers.map(complete)
  const defaults = trainingSettingsSchema.parse({})
  const settings = value.settings.map((raw) => withKnownNames({ ...defaults, ...raw } as TrainingSettings))
  const toDocument = (raw: z.output<typeof document>): NetworkDocument => ({
    ...raw,
    layers: raw.layers.flatMap((position) => layers[position] ?? []),
    settings: settings[raw.settings] ?? defaults,
  })
  const toStep = (raw: z.output<typeof step>): Step<NetworkDocument> => ({ ...raw, document: toDocument(raw.document) })
  return {
    origin: value.origin,
    history: {
      past: value.past.map(toStep),
      present: toDocument(value.present),
      future: value.future.map(toStep),
    },
  }
}

/** A layer of any depth with defaults for what it does not say. */
function complete(raw: RawLayer): LayerSpec {
  const layer = { ...newLayer(raw.type, []), ...raw }
  return (raw.layers ? { ...layer, layers: raw.layers.map(complete) } : layer) as LayerSpec
}

/** Older drafts hold the names of optimisers alone, and former names of what early stopping watches. */
function withKnownNames(settings: TrainingSettings): TrainingSettings {
  const { shape } = trainingSettingsSchema
  const optimizer = shape.optimizer.safeParse(settings.optimizer)
  const earlyStopping = shape.earlyStopping.safeParse(settings.earlyStopping)
  return {
    ...settings,
    ...(optimizer.success && { optimizer: optimizer.data }),
    ...(earlyStopping.success && { earlyStopping: earlyStopping.data }),
  }
}

function write({ origin, history }: Bench): string {
  const layers = new Pool<LayerSpec>()
  const settings = new Pool<TrainingSettings>()
  const flat = (whole: NetworkDocument) => ({
    ...whole,
    layers: whole.layers.map((one) => layers.indexOf(one)),
    settings: settings.indexOf(whole.settings),
  })
  const flatStep = (whole: Step<NetworkDocument>) => ({ ...whole, document: flat(whole.document) })
  const present = flat(history.present)
  const past = history.past.map(flatStep)
  const future = history.future.map(flatStep)
  const value = { version: VERSION, origin, layers: layers.values, settings: settings.values, present, past, future }
  return JSON.stringify(value, replace)
}

/** Values by the place they were first seen at. */
class Pool<Value> {
  readonly values: Value[] = []
  readonly #places = new Map<Value, number>()

  indexOf(value: Value): number {
    const known = this.#places.get(value)
    if (known !== undefined) return known
    this.#places.set(value, this.values.length)
    return this.values.push(value) - 1
  }
}

/** JSON has no NaN, which stands for a number that is not typed yet. */
const NOT_TYPED = { notTyped: true }
const replace = (_key: string, value: unknown) => (Number.isNaN(value) ? NOT_TYPED : value)
const revive = (_key: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'notTyped' in value ? NaN : value
