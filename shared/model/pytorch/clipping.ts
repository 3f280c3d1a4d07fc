import type { LayerAnalysis } from '../analyse.ts'
import { modulesOf } from './modules.ts'
import { watchedActivations } from './watching.ts'

interface Clip {
  /** As `get_submodule` reads it: "3", or "2.layers.0" inside a block. */
  readonly place: string
  readonly bound: number
}

/** bitorch has no weight clip; this is the lab's, to be called after every step of the optimiser. */
export function clippingLines(layers: readonly LayerAnalysis[]): readonly string[] {
  const clips = clippedModules(layers)
  if (clips.length === 0) return []
  return [
    '# The place in the model and the bound of every module whose latent weights are clipped.',
    `WEIGHT_CLIPS = [${clips.map(({ place, bound }) => `("${place}", ${bound})`).join(', ')}]`,
    '',
    '',
    'def clip_weights():',
    '    """Call this after every step of the optimiser."""',
    '    with torch.no_grad():',
    '        for place, bound in WEIGHT_CLIPS:',
    // The first parameter: a debug layer may stand around the module.
    '            next(model.get_submodule(place).parameters()).clamp_(-bound, bound)',
    '',
    '',
  ]
}

/** A layer's weights are in the last of the modules that it takes; what watches its activations follows them. */
function clippedModules(layers: readonly LayerAnalysis[], prefix = ''): Clip[] {
  let next = 0
  return layers.flatMap((analysis) => {
    const { layer, inside } = analysis
    const first = next
    const own = inside.length > 0 ? 1 : modulesOf(analysis).length
    next += own + watchedActivations(layer).length
    if (inside.length > 0) return clippedModules(inside, `${prefix}${first}.layers.`)
    if (!('weightClip' in layer) || layer.weightClip === null) return []
    return [{ place: `${prefix}${first + own - 1}`, bound: layer.weightClip }]
  })
}
