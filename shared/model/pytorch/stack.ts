import type { LayerAnalysis } from '../analyse.ts'
import type { LayerSpecOf } from '../spec.ts'
import { modulesOf } from './modules.ts'
import { watchedActivations, withWatchedWeights } from './watching.ts'

/**
 * The modules of a stack as the arguments of a call, one a line, with the layer's id behind the first of each layer; those
 * of a block stand within it.
 */
export function stackLines(layers: readonly LayerAnalysis[]): readonly string[] {
  return layers.flatMap((analysis) => {
    const { layer } = analysis
    const [first, ...rest] = [...layerLines(analysis), ...watchedActivations(layer).map(argument)]
    return [`${first}  # ${layer.id}`, ...rest]
  })
}

/** A block without layers is its shortcut. */
function layerLines(analysis: LayerAnalysis): readonly string[] {
  const { layer, inside } = analysis
  const modules = withWatchedWeights(layer, modulesOf(analysis))
  return layer.type === 'Residual' && inside.length > 0 ? blockLines(layer, inside, modules) : modules.map(argument)
}

function blockLines(
  block: LayerSpecOf<'Residual'>,
  inside: readonly LayerAnalysis[],
  shortcut: readonly string[],
): readonly string[] {
  return [
    'Residual(',
    ...indented([
      ...stackLines(inside),
      ...(block.shortcut === 'identity' ? [] : [`shortcut=nn.Sequential(${shortcut.join(', ')}),`]),
      ...(block.combine === 'concat' ? ['concat=True,'] : []),
    ]),
    '),',
  ]
}

export const indented = (lines: readonly string[]) => lines.map((line) => `    ${line}`)

const argument = (expression: string) => `${expression},`
