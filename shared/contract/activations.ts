import { z } from '../zod.ts'

/** Values of one layer that one answer holds; of more, as many channels as fit. */
export const MOST_ACTIVATIONS = 65_536

/** What leaves one layer for one image. */
export const layerActivationSchema = z.strictObject({
  id: z.string(),
  type: z.string(),
  /** The block that holds it; null for a layer of the network's own stack. */
  block: z.string().nullable(),
  /** It belongs to the shortcut of that block. */
  isShortcut: z.boolean(),
  /** Features are one row. */
  height: z.int().min(1),
  width: z.int().min(1),
  channels: z.int().min(1),
  /** The channels that are here, from the first on. */
  shown: z.int().min(1),
  /** Nothing but +1 and -1. */
  isBinary: z.boolean(),
  min: z.number(),
  max: z.number(),
  /** Row by row, the channel last: 0 stands for `min` and 255 for `max`, evenly between. */
  values: z.instanceof(Uint8Array),
})
export type LayerActivation = z.output<typeof layerActivationSchema>
