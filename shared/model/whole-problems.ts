import { sumOf, type LayerCost } from './cost.ts'
import { LIMITS } from './limits.ts'
import type { NetworkProblem } from './problem.ts'
import type { AddedLayer, Repair } from './repair.ts'
import type { Signal } from './signal.ts'
import type { NetworkSpec } from './spec.ts'
import { everyLayer, isBlock } from './tree.ts'

/** What can be wrong with a network as a whole, each of whose layers may fit. */

export function* duplicateIds(spec: NetworkSpec): Iterable<NetworkProblem> {
  const seen = new Set<string>()
  for (const { id } of everyLayer(spec.layers)) {
    if (seen.has(id)) {
      yield { layerId: id, message: `Two layers have the id "${id}".`, fix: 'Give each layer an id of its own.' }
    }
    seen.add(id)
  }
}

export function* outputProblems(spec: NetworkSpec, output: Signal, classes?: number): Iterable<NetworkProblem> {
  const layerId = spec.layers.at(-1)?.id
  if (output.shape.kind === 'image') {
    const { height, width, channels } = output.shape
    yield {
      layerId,
      message: `The network ends in an image of ${height}×${width}×${channels}, not in class scores.`,
      fix: 'End it with Flatten and Linear.',
      repair: { kind: 'append', layers: [{ type: 'Flatten' }, lastLinear(classes)] },
    }
  } else if (classes !== undefined && output.shape.count !== classes) {
    const repair = scoreRepair(spec, classes)
    yield {
      layerId,
      message: `The network ends in ${output.shape.count} values, but the dataset has ${classes} classes.`,
      fix: repair.kind === 'set' ? `Set the last layer's outFeatures to ${classes}.` : 'End it with Linear.',
      repair,
    }
  }
}

/** The layer that decides how many values leave the network puts out the classes; without one, a new layer does. */
function scoreRepair(spec: NetworkSpec, classes: number): Repair {
  const last = spec.layers.findLast((layer) => 'outFeatures' in layer || layer.type === 'Flatten' || isBlock(layer))
  if (!last || !('outFeatures' in last)) return { kind: 'append', layers: [lastLinear(classes)] }
  return { kind: 'set', parameter: 'outFeatures', value: classes, layerId: last.id }
}

const lastLinear = (classes?: number): AddedLayer => ({
  type: 'Linear',
  ...(classes === undefined ? {} : { outFeatures: classes }),
})

export function* sizeProblems(spec: NetworkSpec, cost: LayerCost, isComplete: boolean): Iterable<NetworkProblem> {
  const count = [...everyLayer(spec.layers)].length
  if (count > LIMITS.layers) {
    yield { message: `The network has ${count} layers; at most ${LIMITS.layers} fit.`, fix: 'Take some out.' }
  }
  const parameters = sumOf(cost.parameters)
  if (parameters > LIMITS.parameters) {
    yield {
      message: `The network has ${parameters} parameters; at most ${LIMITS.parameters} fit.`,
      fix: 'Choose fewer channels or features.',
    }
  } else if (parameters === 0 && isComplete) {
    yield { message: 'The network has nothing to train.', fix: 'Add a layer with weights, such as Linear.' }
  }
}
