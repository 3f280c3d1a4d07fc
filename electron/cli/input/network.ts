import { existsSync } from 'node:fs'
import { SignumError } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import { validate } from '#shared/contract/validate.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { nearest } from '../nearest.ts'
import { readNamedFile } from './files.ts'

const SPEC_BYTES = 5_000_000

/** A network with what it is best trained with. */
export interface NamedNetwork {
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
}

/** Whether the argument names a file rather than a preset. */
export function namesFile(name: string): boolean {
  return name.endsWith('.json') || /[\\/]/.test(name) || existsSync(name)
}

/**
 * A network from a file: a bare spec, or a document that holds one beside its settings, as the presets do.
 *
 * @throws SignumError `file_unreadable` or `invalid_spec`, naming the file and the field.
 */
export function readNetworkFile(path: string): NamedNetwork {
  const document = parseJson(path)
  const isWrapped = typeof document === 'object' && document !== null && 'spec' in document
  const { spec, settings } = isWrapped
    ? (document as { spec: unknown; settings?: unknown })
    : { spec: document, settings: {} }
  return {
    spec: parseNetworkSpec(spec, `The network in ${path}`),
    settings: validate(trainingSettingsSchema, settings ?? {}, 'invalid_settings', `The settings in ${path}`),
  }
}

function parseJson(path: string): unknown {
  const text = readNamedFile(path, SPEC_BYTES).toString('utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SignumError('invalid_spec', `${path} is not valid JSON: ${(cause as Error).message}.`, { cause })
  }
}

/** The preset or saved network of this name. */
export function findNetwork(name: string, networks: readonly Network[]): Network | undefined {
  return networks.find(({ id, spec }) => id === name || spec.name === name)
}

export function unknownPreset(name: string, networks: readonly Network[]): SignumError {
  const names = networks.map(({ source, id, spec }) => (source === 'preset' ? id : spec.name))
  const meant = nearest(name, names)
  const hint = meant ? `Did you mean "${meant}"?` : `There are: ${names.join(', ')}.`
  return new SignumError('unknown_preset', `There is no preset "${name}". ${hint}`)
}
