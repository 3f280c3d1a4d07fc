import type { Network } from '#shared/contract/methods.ts'
import { SPEC_SCHEMA, type LayerSpec, type NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import type { History } from './history.ts'

/** What is edited in Build: a network, possibly with wrong values in it, and how it is to be trained. */
export interface NetworkDocument {
  readonly name: string
  readonly input: NetworkSpec['input']
  readonly layers: readonly LayerSpec[]
  readonly settings: TrainingSettings
}

/** Everything on the bench: what it began as, what it is, and every step between. */
export interface Bench {
  readonly origin: Network | null
  readonly history: History<NetworkDocument>
}

export const EMPTY_DOCUMENT: NetworkDocument = {
  name: '',
  input: { height: 28, width: 28, channels: 1 },
  layers: [],
  settings: trainingSettingsSchema.parse({}),
}

export function toDocument(spec: NetworkSpec, settings: TrainingSettings): NetworkDocument {
  return { name: spec.name, input: spec.input, layers: spec.layers, settings }
}

/** The network as a spec; parameters that do not parse stay as they were typed. */
export function toSpec({ name, input, layers }: NetworkDocument): NetworkSpec {
  return { schema: SPEC_SCHEMA, name: name.trim(), input, layers: [...layers] }
}
