import { SignumError } from '#shared/contract/errors.ts'
import { validate } from '#shared/contract/validate.ts'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { layersSchema, type LayerSpec } from '#shared/model/spec.ts'
import { z } from '#shared/zod.ts'

const pasted = z.object({ layers: layersSchema })

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
  const unknown = Array.isArray(layers) ? unknownType(layers) : null
  if (unknown !== null) {
    throw new SignumError('invalid_spec', `The lab has no layer “${unknown}”. Look for one like it on the left.`)
  }
  return validate(pasted, { layers }, 'invalid_spec', 'What was copied').layers
}

/** The list of all types would make no sentence. */
function unknownType(layers: readonly unknown[]): string | null {
  for (const layer of layers) {
    const { type, layers: held } = z.looseObject({}).safeParse(layer).data ?? {}
    if (typeof type === 'string' && !LAYER_DEFINITIONS.some((known) => known.type === type)) return type
    const inside = Array.isArray(held) ? unknownType(held) : null
    if (inside !== null) return inside
  }
  return null
}
