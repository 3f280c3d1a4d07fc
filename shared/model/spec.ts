import { z } from '../zod.ts'
import { LAYER_SCHEMAS, type LayerType } from './layers/index.ts'
import { LIMITS } from './limits.ts'

/** Version of the document below. A reader refuses a newer one and upgrades an older one. */
export const SPEC_SCHEMA = 1

/** One layer: its id within the network, its type, its parameters. */
export const layerSchema = z.discriminatedUnion('type', LAYER_SCHEMAS)

/** A network from one image to its ten class scores, as saved in files and shown in Build. */
export const networkSpecSchema = z.strictObject({
  schema: z.literal(SPEC_SCHEMA),
  name: z.string().trim().min(1).max(LIMITS.nameLength),
  input: z.strictObject({
    height: z.int().min(1).max(LIMITS.imageSide),
    width: z.int().min(1).max(LIMITS.imageSide),
    channels: z.int().min(1).max(LIMITS.channels),
  }),
  layers: z.array(layerSchema).min(1).max(LIMITS.layers),
})

export type LayerSpec = z.output<typeof layerSchema>
export type LayerSpecOf<Type extends LayerType> = Extract<LayerSpec, { type: Type }>
export type NetworkSpec = z.output<typeof networkSpecSchema>
