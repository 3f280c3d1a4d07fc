import { z } from '../../zod.ts'
import type { Analysed } from '../analysed.ts'
import { addCosts } from '../cost.ts'
import { defineLayer, ShapeProblem } from '../definition.ts'
import { formatShape, sizeOf, type Shape, type Signal } from '../signal.ts'
import { mismatch } from './mismatch.ts'
import * as parameter from './parameters.ts'
import { followShortcut, type Shortcut, type ShortcutLayer } from './shortcut.ts'

type Combining = Shortcut & { readonly combine: 'add' | 'concat' }
type Inside = readonly Analysed[]

/**
 * A block with a stack of layers of its own: `stack(x) + shortcut(x)`, or both side by side. A stack without layers adds
 * nothing, so that an empty block with the identity passes on what comes in. Its schema gets the stack in spec.ts.
 */
export const Residual = defineLayer({
  type: 'Residual',
  group: 'block',
  summary: 'Holds a stack of layers and adds what goes in to what comes out of them.',
  keywords: 'skip connection shortcut block ResNet Bi-Real DenseNet BinaryDenseNet concatenation',
  parameters: {
    /** Adds as ResNet and Bi-Real Net do, or puts the channels side by side as DenseNet does, the shortcut's first. */
    combine: z.enum(['add', 'concat']).default('add'),
    shortcut: z.enum(['identity', 'conv']).default('identity'),
    // These three belong to a 1×1 shortcut.
    shortcutStride: parameter.stride,
    shortcutPooling: z.boolean().default(true),
    shortcutBatchNorm: z.boolean().default(true),
  },
  infer(input, block, inside) {
    const around = analyseShortcut(block, input, inside).at(-1)?.output ?? input
    const inner = inside.at(-1)?.output
    if (!inner) return around
    const adds = block.combine === 'add'
    if (!areJoinable(inner.shape, around.shape, adds)) throw mismatch(input, block, inside, around)
    if (adds) return { shape: inner.shape, bits: 32 }
    return { shape: sideBySide(around.shape, inner.shape), bits: around.bits === 1 && inner.bits === 1 ? 1 : 32 }
  },
  // Additions count no more than larq counts those of a bias: a MAC is a multiplication.
  cost: (input, block, inside) => addCosts(analyseShortcut(block, input, inside).map(({ cost }) => cost)),
})

/**
 * The layers of a block's shortcut, under ids that begin with the block's; none for the identity.
 *
 * @param inside what the block's stack does. A 1×1 shortcut has the channels that it is added to, or those that come in
 * where others stand beside it.
 */
export function analyseShortcut(
  block: Combining & { readonly id?: string },
  input: Signal,
  inside: Inside,
): readonly Analysed<ShortcutLayer>[] {
  if (block.shortcut === 'identity') return []
  const { shape } = input
  if (shape.kind === 'features') {
    throw new ShapeProblem(
      `A 1×1 shortcut needs an image, but Residual gets ${shape.count} features.`,
      'Use the identity as its shortcut.',
      { kind: 'set', parameter: 'shortcut', value: 'identity' },
    )
  }
  const largest = Math.min(shape.height, shape.width)
  if (block.shortcutPooling && block.shortcutStride > largest) {
    throw new ShapeProblem(
      `The shortcut pools over ${block.shortcutStride}×${block.shortcutStride}, more than its input of ${shape.height}×${shape.width}.`,
      `Choose a shortcut stride of at most ${largest}.`,
      { kind: 'set', parameter: 'shortcutStride', value: largest },
    )
  }
  const inner = inside.at(-1)?.output.shape
  const channels = block.combine === 'add' && inner?.kind === 'image' ? inner.channels : shape.channels
  return followShortcut({ id: '', ...block }, input, channels)
}

function areJoinable(inner: Shape, around: Shape, adds: boolean): boolean {
  if (adds) return inner.kind === around.kind && formatShape(inner) === formatShape(around)
  if (inner.kind === 'features' || around.kind === 'features') return inner.kind === around.kind
  return inner.height === around.height && inner.width === around.width
}

/** Channels or features of both, one after the other. */
function sideBySide(around: Shape, inner: Shape): Shape {
  if (around.kind === 'image' && inner.kind === 'image') return { ...inner, channels: around.channels + inner.channels }
  return { kind: 'features', count: sizeOf(around) + sizeOf(inner) }
}
