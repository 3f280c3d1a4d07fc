import { z } from '../zod.ts'
import type { Analysed } from './analysed.ts'
import type { LayerCost } from './cost.ts'
import type { Repair } from './repair.ts'
import type { Shape, Signal } from './signal.ts'

/** The shelves of the palette, in the order in which they stand there. */
export const LAYER_GROUPS = [
  'binary',
  'full precision',
  'block',
  'activation',
  'normalisation',
  'pooling',
  'shape',
] as const
export type LayerGroup = (typeof LAYER_GROUPS)[number]

const layerId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, "_" or "-"')

/**
 * What a run records of a layer, for any layer. Absent means no, so that specs from before, and those that watch
 * nothing, say nothing.
 */
const watching = {
  /** The layer's latent weights and their signs over the run. */
  watchWeights: z.boolean().optional(),
  /** What leaves the layer for a chosen digit. */
  watchActivations: z.boolean().optional(),
}

/** The fields of `watching`, which belong to no layer's own parameters. */
export const WATCH_FIELDS = ['watchWeights', 'watchActivations'] as const

/** A layer's parameters, each with its bounds and default. */
type Parameters = z.core.$ZodLooseShape
type ParameterValues<P extends Parameters> = z.output<z.ZodObject<P>>
type LayerShape<Type extends string, P extends Parameters> = {
  id: typeof layerId
  type: z.ZodLiteral<Type>
} & typeof watching &
  P

/**
 * Everything the lab knows about one kind of layer without running it. `electron/engine/layers` holds its arithmetic
 * under the same name.
 */
export interface LayerDefinition<Type extends string = string, P extends Parameters = Parameters> {
  /** The name of PyTorch's or bitorch's class. */
  readonly type: Type
  readonly group: LayerGroup
  /** One sentence for the palette and the inspector. */
  readonly summary: string
  /** Other words that find it. */
  readonly keywords?: string
  readonly parameters: P
  /**
   * What leaves the layer. Throws `ShapeProblem` when `input` does not fit.
   *
   * @param inside what the stack that a block holds does with `input`; empty for every other layer.
   */
  infer(input: Signal, parameters: ParameterValues<P>, inside: readonly Analysed[]): Signal
  /** What the layer itself, without its stack, holds and does for one image. `input` has been accepted by `infer`. */
  cost(input: Signal, parameters: ParameterValues<P>, inside: readonly Analysed[]): LayerCost
}

/** A definition with the schema of the layer as it stands in a network spec. */
export interface DefinedLayer<Type extends string, P extends Parameters> extends LayerDefinition<Type, P> {
  readonly schema: z.ZodObject<LayerShape<Type, P>, z.core.$strict>
}

export function defineLayer<const Type extends string, P extends Parameters>(
  definition: LayerDefinition<Type, P>,
): DefinedLayer<Type, P> {
  const { type, parameters } = definition
  const shape: LayerShape<Type, P> = { id: layerId, type: z.literal(type), ...watching, ...parameters }
  return { ...definition, schema: z.strictObject(shape) }
}

/**
 * The input does not fit the layer. `message` says what was expected and what came; `fix` what to do about it, and
 * `repair` the same to a program, where one remedy stands out.
 */
export class ShapeProblem extends Error {
  readonly fix: string
  readonly repair: Repair | null

  constructor(message: string, fix: string, repair: Repair | null = null) {
    super(message)
    this.name = 'ShapeProblem'
    this.fix = fix
    this.repair = repair
  }
}

export type ImageShape = Extract<Shape, { kind: 'image' }>

const features = (count: number) => (count === 1 ? '1 feature' : `${count} features`)

/** The input as an image, or the problem that it is none. */
export function requireImage(layer: string, input: Signal): ImageShape {
  if (input.shape.kind === 'image') return input.shape
  throw new ShapeProblem(
    `${layer} needs an image, but gets ${features(input.shape.count)}.`,
    `Move ${layer} before the image is flattened.`,
    { kind: 'moveBeforeFlatten' },
  )
}

/** The input as a number of features, or the problem that it is still an image. */
export function requireFeatures(layer: string, input: Signal): number {
  if (input.shape.kind === 'features') return input.shape.count
  const { height, width, channels } = input.shape
  throw new ShapeProblem(
    `${layer} needs a row of features, but gets an image of ${height}×${width}×${channels}.`,
    'Insert Flatten before it.',
    { kind: 'insert', layers: [{ type: 'Flatten' }] },
  )
}
