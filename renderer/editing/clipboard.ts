import { SignumError } from '#shared/contract/errors.ts'
import { validate } from '#shared/contract/validate.ts'
import { layersSchema, type LayerSpec } from '#shared/model/spec.ts'

/** Layers as they stand in the JSON of a network, so that they can be pasted into a file too. */
export function formatLayers(layers: readonly LayerSpec[]): string {
  return JSON.stringify({ layers }, null, 2)
}

/**
 * Layers from text: what `formatLayers` wrote, a list of layers, or a whole network.
 *
 * @throws SignumError `invalid_spec`, in a sentence that names what is wrong.
 */
export function parseLayers(text: string): LayerSpec[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new SignumError('invalid_spec', 'The clipboard holds no layers. Copy layers in Build, or their JSON, first.')
  }
  const layers: unknown = typeof value === 'object' && value !== null && 'layers' in value ? value.layers : value
  return validate(layersSchema, layers, 'invalid_spec', 'The copied layers')
}
