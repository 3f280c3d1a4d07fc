import { SignumError } from '#shared/contract/errors.ts'
import { validate } from '#shared/contract/validate.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'

/** A network from a file: its spec, and the training settings where the file has them. */
export interface NetworkFile {
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
}

/**
 * Reads a spec, or a document with `spec` and `settings` as the presets are.
 *
 * @throws SignumError `invalid_spec` or `invalid_settings` in one sentence that names the file.
 */
export function readNetworkFile(text: string, fileName: string): NetworkFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new SignumError('invalid_spec', `"${fileName}" is not JSON. Choose a network that was exported from Build.`)
  }
  const what = `"${fileName}"`
  const isDocument = typeof value === 'object' && value !== null && 'spec' in value
  if (!isDocument) return { spec: parseNetworkSpec(value, what), settings: trainingSettingsSchema.parse({}) }
  const { spec, settings = {} } = value as { spec: unknown; settings?: unknown }
  return {
    spec: parseNetworkSpec(spec, what),
    settings: validate(trainingSettingsSchema, settings, 'invalid_settings', what),
  }
}

/**
 * The spec as the command line and `readNetworkFile` read it.
 *
 * @throws SignumError `invalid_spec` when the network on the bench holds a value that no file may have.
 */
export function writeNetworkFile(spec: NetworkSpec): string {
  return `${JSON.stringify(parseNetworkSpec(spec), null, 2)}\n`
}

/** A name for a file, from the name of a network. */
export function fileNameOf(name: string, extension: string): string {
  const stem = name.trim().replaceAll(/[^\p{L}\p{N}._-]+/gu, '-') || 'network'
  return `${stem}.${extension}`
}
