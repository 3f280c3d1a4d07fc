import type { Analysed } from '../analysed.ts'
import { ShapeProblem, type ImageShape } from '../definition.ts'
import type { Repair } from '../repair.ts'
import { formatShape, type Shape, type Signal } from '../signal.ts'
import { matchingStride, type Shortcut } from './shortcut.ts'

type Inside = readonly Analysed[]

interface Remedy {
  readonly fix: string
  readonly repair: Repair | null
}

/** A residual block whose two ways come out in shapes that cannot be joined, with the nearest way to join them. */
export function mismatch(
  input: Signal,
  block: Shortcut & { readonly combine: 'add' | 'concat' },
  inside: Inside,
  around: Signal,
): ShapeProblem {
  const inner = inside.at(-1)!.output.shape
  const verb = block.combine === 'add' ? 'be added to' : 'stand beside'
  const { fix, repair } = remedy(input.shape, inner, block, inside)
  return new ShapeProblem(
    `What leaves the stack, ${formatShape(inner)}, cannot ${verb} what the shortcut passes on, ${formatShape(around.shape)}.`,
    fix,
    repair,
  )
}

function remedy(input: Shape, inner: Shape, shortcut: Shortcut, inside: Inside): Remedy {
  if (input.kind === 'image' && inner.kind === 'image') {
    return useShortcut(input, inner, shortcut) ?? keepSize(inside)
  }
  if (input.kind === 'features' && inner.kind === 'features') {
    const last = inside.findLast(({ layer }) => 'outFeatures' in layer)?.layer
    return {
      fix: `Let its stack put out ${input.count} features.`,
      repair: last ? { kind: 'set', parameter: 'outFeatures', value: input.count, layerId: last.id } : null,
    }
  }
  return { fix: 'Move what turns the image into features out of the block, behind it.', repair: null }
}

function useShortcut(input: ImageShape, inner: ImageShape, current: Shortcut): Remedy | null {
  const match = matchingStride(input, inner)
  if (!match) return null
  const { stride, pools } = match
  if (current.shortcut === 'conv' && current.shortcutPooling === pools) {
    return {
      fix: `Set its shortcut stride to ${stride}.`,
      repair: { kind: 'set', parameter: 'shortcutStride', value: stride },
    }
  }
  const how = stride === 1 ? '' : ` with ${pools ? 'pooling over' : 'a stride of'} ${stride}`
  return { fix: `Use a 1×1 shortcut${how}.`, repair: { kind: 'useShortcut', stride, pools } }
}

/**
 * No stride leads from 28 to 26 pixels, or to 13: a window inside lacks the padding that keeps the size, or that lets its
 * stride divide it.
 */
function keepSize(inside: Inside): Remedy {
  const lacking = inside.flatMap(({ layer: { id, kernelSize = 0, stride = 1, padding = 0 } }) => {
    const whole = (kernelSize - 1) / 2
    return kernelSize % 2 === 1 && padding < whole ? [{ id, whole, strides: (stride ?? kernelSize) > 1 }] : []
  })
  const first = lacking.find(({ strides }) => !strides) ?? lacking[0]
  if (!first) return { fix: 'Choose padding that keeps the size inside, or a stride that divides it.', repair: null }
  return {
    fix: `Set the padding of "${first.id}" to ${first.whole}, so that it ${first.strides ? 'divides' : 'keeps'} the size.`,
    repair: { kind: 'set', parameter: 'padding', value: first.whole, layerId: first.id },
  }
}
