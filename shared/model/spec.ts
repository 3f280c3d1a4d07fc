import { z } from '../zod.ts'
import { LAYER_SCHEMAS, type LayerType } from './layers/index.ts'
import { Residual } from './layers/residual.ts'
import { LIMITS } from './limits.ts'

/** Version of the document below. A reader refuses a newer one and upgrades an older one. */
export const SPEC_SCHEMA = 1

type PlainSchema = (typeof LAYER_SCHEMAS)[number]

/** A block with the layers that it holds. Stated by hand, because TypeScript cannot infer a type from itself. */
type ResidualSpec = z.output<typeof Residual.schema> & { layers: LayerSpec[] }
type ResidualInput = z.input<typeof Residual.schema> & { layers?: LayerInput[] | undefined }

export type LayerSpec = z.output<PlainSchema> | ResidualSpec
/** A layer before its defaults are filled in. */
export type LayerInput = z.input<PlainSchema> | ResidualInput

/** One layer: its id within the network, its type, its parameters; a block's layers too. */
export const layerSchema: z.ZodType<LayerSpec, LayerInput> = z.discriminatedUnion('type', [
  ...LAYER_SCHEMAS,
  Residual.schema.extend({ layers: z.lazy(() => z.array(layerSchema)).default([]) }),
])

/** Layers in a row, as a network or the clipboard holds them. What is nested too deep is never descended into. */
export const layersSchema = z
  .custom<LayerInput[]>()
  .superRefine((layers, context) => {
    const problem = sizeProblem(layers)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
  .pipe(z.array(layerSchema).min(1))

/** A network from one image to its ten class scores, as saved in files and shown in Build. */
export const networkSpecSchema = z.strictObject({
  schema: z.literal(SPEC_SCHEMA),
  name: z.string().trim().min(1).max(LIMITS.nameLength),
  input: z.strictObject({
    height: z.int().min(1).max(LIMITS.imageSide),
    width: z.int().min(1).max(LIMITS.imageSide),
    channels: z.int().min(1).max(LIMITS.channels),
  }),
  layers: layersSchema,
})

export type LayerSpecOf<Type extends LayerType> = Extract<LayerSpec, { type: Type }>
export type NetworkSpec = z.output<typeof networkSpecSchema>

/** What is wrong with the size of a tree of layers that nothing is known about yet. */
function sizeProblem(layers: unknown): string | null {
  const waiting: { readonly stack: unknown; readonly depth: number }[] = [{ stack: layers, depth: 0 }]
  let count = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (!Array.isArray(next.stack)) continue
    const { depth } = next
    if (depth > LIMITS.depth) return `must not hold blocks more than ${LIMITS.depth} deep within each other`
    count += next.stack.length
    if (count > LIMITS.layers) return `must have at most ${LIMITS.layers} layers, those inside blocks counted too`
    for (const layer of next.stack as unknown[]) {
      if (typeof layer === 'object' && layer !== null && 'layers' in layer) {
        waiting.push({ stack: layer.layers, depth: depth + 1 })
      }
    }
  }
  return null
}
