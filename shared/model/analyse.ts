import { addCosts, floatBytes, NO_COST, packedBytes, type LayerCost } from './cost.ts'
import { ShapeProblem, type LayerDefinition } from './definition.ts'
import { layerDefinition } from './layers/index.ts'
import { LIMITS } from './limits.ts'
import type { AddedLayer, Repair } from './repair.ts'
import { sizeOf, type Signal } from './signal.ts'
import type { LayerSpec, NetworkSpec } from './spec.ts'

/** What is wrong with a network, where, and what to do about it. */
export interface NetworkProblem {
  /** The layer that causes it; absent when the network as a whole does. */
  readonly layerId?: string
  readonly message: string
  readonly fix: string
  /** The fix for a program, where one stands out. Only with `layerId`. */
  readonly repair?: Repair
}

/** One layer with what enters it, what leaves it, and what it costs. */
export interface LayerAnalysis {
  readonly layer: LayerSpec
  readonly input: Signal
  readonly output: Signal
  readonly cost: LayerCost
}

export interface NetworkTotals extends LayerCost {
  /** Bytes of all parameters with the 1-bit ones packed. */
  readonly packedBytes: number
  /** Bytes of all parameters as 32-bit floats. */
  readonly floatBytes: number
}

export interface NetworkAnalysis {
  /** The layers up to the first that does not fit. */
  readonly layers: readonly LayerAnalysis[]
  readonly totals: NetworkTotals
  readonly problems: readonly NetworkProblem[]
}

/**
 * Follows one image through the network: shapes, bit widths and costs, layer by layer.
 *
 * @param classes if given, the number of values that must leave the last layer.
 * @returns never throws for a parsed spec: what is wrong is in `problems`, and the layers before it are analysed.
 */
export function analyseNetwork(spec: NetworkSpec, classes?: number): NetworkAnalysis {
  const layers: LayerAnalysis[] = []
  const problems: NetworkProblem[] = [...duplicateIds(spec)]
  let signal: Signal = { shape: { kind: 'image', ...spec.input }, bits: 32 }
  for (const layer of spec.layers) {
    try {
      const analysis = analyseLayer(layer, signal)
      layers.push(analysis)
      signal = analysis.output
    } catch (error) {
      if (!(error instanceof ShapeProblem)) throw error
      problems.push({
        layerId: layer.id,
        message: error.message,
        fix: error.fix,
        ...(error.repair ? { repair: error.repair } : {}),
      })
      break
    }
  }
  const cost = addCosts(layers.map((layer) => layer.cost))
  const isComplete = layers.length === spec.layers.length
  if (isComplete) problems.push(...outputProblems(spec, signal, classes))
  problems.push(...sizeProblems(cost, isComplete))
  return {
    layers,
    totals: { ...cost, packedBytes: packedBytes(cost), floatBytes: floatBytes(cost) },
    problems,
  }
}

function analyseLayer(layer: LayerSpec, input: Signal): LayerAnalysis {
  // The union of definitions and the union of specs correspond by type, which TypeScript cannot follow.
  const definition = layerDefinition(layer.type) as unknown as LayerDefinition
  const output = definition.infer(input, layer)
  if (sizeOf(output.shape) > LIMITS.activations) {
    throw new ShapeProblem(
      `${layer.type} would put out ${sizeOf(output.shape)} values for one image; at most ${LIMITS.activations} fit.`,
      'Choose fewer channels or features.',
    )
  }
  return { layer, input, output, cost: definition.cost(input, layer) ?? NO_COST }
}

function* duplicateIds(spec: NetworkSpec): Iterable<NetworkProblem> {
  const seen = new Set<string>()
  for (const { id } of spec.layers) {
    if (seen.has(id)) {
      yield { layerId: id, message: `Two layers have the id "${id}".`, fix: 'Give each layer an id of its own.' }
    }
    seen.add(id)
  }
}

function* outputProblems(spec: NetworkSpec, output: Signal, classes?: number): Iterable<NetworkProblem> {
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
    yield {
      layerId,
      message: `The network ends in ${output.shape.count} values, but the dataset has ${classes} classes.`,
      fix: `Set the last layer's outFeatures to ${classes}.`,
      repair: scoreRepair(spec, classes),
    }
  }
}

/** The layer that decides how many values leave the network puts out the classes; without one, a new layer does. */
function scoreRepair(spec: NetworkSpec, classes: number): Repair {
  const last = spec.layers.findLast((layer) => 'outFeatures' in layer || layer.type === 'Flatten')
  if (!last || last.type === 'Flatten') return { kind: 'append', layers: [lastLinear(classes)] }
  return { kind: 'set', parameter: 'outFeatures', value: classes, layerId: last.id }
}

const lastLinear = (classes?: number): AddedLayer => ({
  type: 'Linear',
  ...(classes === undefined ? {} : { outFeatures: classes }),
})

function* sizeProblems(cost: LayerCost, isComplete: boolean): Iterable<NetworkProblem> {
  const parameters = cost.parameters[1] + cost.parameters[32]
  if (parameters > LIMITS.parameters) {
    yield {
      message: `The network has ${parameters} parameters; at most ${LIMITS.parameters} fit.`,
      fix: 'Choose fewer channels or features.',
    }
  } else if (parameters === 0 && isComplete) {
    yield { message: 'The network has nothing to train.', fix: 'Add a layer with weights, such as Linear.' }
  }
}
