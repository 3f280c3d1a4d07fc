import type { Analysed } from './analysed.ts'
import { addCosts, floatBytes, packedBytes, type LayerCost } from './cost.ts'
import { ShapeProblem, type LayerDefinition } from './definition.ts'
import { layerDefinition } from './layers/index.ts'
import { LIMITS } from './limits.ts'
import type { NetworkProblem } from './problem.ts'
import type { Repair } from './repair.ts'
import { sizeOf, type Signal } from './signal.ts'
import type { LayerSpec, NetworkSpec } from './spec.ts'
import { isBlock, type Block } from './tree.ts'
import { duplicateIds, outputProblems, sizeProblems } from './whole-problems.ts'

export type LayerAnalysis = Analysed<LayerSpec>

export interface NetworkTotals extends LayerCost {
  /** Bytes of all parameters with the 1-bit ones packed. */
  readonly packedBytes: number
  /** Bytes of all parameters as 32-bit floats. */
  readonly floatBytes: number
}

export interface NetworkAnalysis {
  /** The layers of the network's own stack up to the first that does not fit. */
  readonly layers: readonly LayerAnalysis[]
  /**
   * The layers at every depth up to the first that does not fit, as a signal meets them; a block comes before what it
   * holds. Where what a block holds does not fit together, the block itself is not among them.
   */
  readonly all: readonly LayerAnalysis[]
  readonly totals: NetworkTotals
  readonly problems: readonly NetworkProblem[]
}

interface Followed {
  readonly layers: readonly LayerAnalysis[]
  readonly all: readonly LayerAnalysis[]
  /** What stopped the signal; `null` where it came through, or where it was not to go further. */
  readonly problem: NetworkProblem | null
}

/**
 * Follows one image through the network: shapes, bit widths and costs, layer by layer.
 *
 * @param classes if given, the number of values that must leave the last layer.
 * @param untrusted ids of layers whose values are known to be wrong: the image goes as far as the first of them.
 * @returns never throws for a parsed spec: what is wrong is in `problems`, and the layers before it are analysed.
 */
export function analyseNetwork(
  spec: NetworkSpec,
  classes?: number,
  untrusted: { has(id: string): boolean } = new Set<string>(),
): NetworkAnalysis {
  const input: Signal = { shape: { kind: 'image', ...spec.input }, bits: 32 }
  const { layers, all, problem } = followStack(spec.layers, input, untrusted, 0)
  const cost = addCosts(all.map((layer) => layer.own))
  const isComplete = layers.length === spec.layers.length
  return {
    layers,
    all,
    totals: { ...cost, packedBytes: packedBytes(cost), floatBytes: floatBytes(cost) },
    problems: [
      ...duplicateIds(spec),
      ...(problem ? [problem] : []),
      ...(isComplete ? outputProblems(spec, layers.at(-1)?.output ?? input, classes) : []),
      ...sizeProblems(spec, cost, isComplete),
    ],
  }
}

function followStack(
  stack: readonly LayerSpec[],
  input: Signal,
  untrusted: { has(id: string): boolean },
  depth: number,
): Followed {
  const layers: LayerAnalysis[] = []
  const all: LayerAnalysis[] = []
  let signal = input
  for (const layer of stack) {
    if (untrusted.has(layer.id)) return { layers, all, problem: null }
    const inner = isBlock(layer) ? followBlock(layer, signal, untrusted, depth + 1) : NOTHING_INSIDE
    const isThrough = !isBlock(layer) || (!inner.problem && inner.layers.length === layer.layers.length)
    const result = isThrough ? analyseLayer(layer, signal, inner.layers) : inner.problem
    if (!result || !('output' in result)) return { layers, all: [...all, ...inner.all], problem: result }
    layers.push(result)
    all.push(result, ...inner.all)
    signal = result.output
  }
  return { layers, all, problem: null }
}

const NOTHING_INSIDE: Followed = { layers: [], all: [], problem: null }

function followBlock(block: Block, input: Signal, untrusted: { has(id: string): boolean }, depth: number): Followed {
  if (depth <= LIMITS.depth) return followStack(block.layers, input, untrusted, depth)
  const message = `Blocks stand ${depth} deep within each other; at most ${LIMITS.depth} fit.`
  const fix = 'Move it out of the block around it.'
  return { ...NOTHING_INSIDE, problem: { layerId: block.id, message, fix, repair: { kind: 'moveOut' } } }
}

function analyseLayer(
  layer: LayerSpec,
  input: Signal,
  inside: readonly LayerAnalysis[],
): LayerAnalysis | NetworkProblem {
  // The union of definitions and the union of specs correspond by type, which TypeScript cannot follow.
  const definition = layerDefinition(layer.type) as unknown as LayerDefinition
  try {
    const output = definition.infer(input, layer, inside)
    requireRoom(layer, output)
    const own = definition.cost(input, layer, inside)
    return { layer, input, output, cost: addCosts([own, ...inside.map(({ cost }) => cost)]), own, inside }
  } catch (error) {
    if (!(error instanceof ShapeProblem)) throw error
    const { message, fix, repair } = error
    return { layerId: layer.id, message, fix, ...(repair ? { repair } : {}) }
  }
}

function requireRoom(layer: LayerSpec, { shape }: Signal): void {
  const size = sizeOf(shape)
  if (size <= LIMITS.activations) return
  throw new ShapeProblem(
    `${layer.type} would put out ${size} values for one image; at most ${LIMITS.activations} fit.`,
    'Choose fewer channels or features.',
    fewerChannels(layer, size),
  )
}

/** The most channels that fit, where the layer has a choice. */
function fewerChannels(layer: LayerSpec, size: number): Repair | undefined {
  if (!('outChannels' in layer)) return undefined
  const most = Math.floor((layer.outChannels * LIMITS.activations) / size)
  const value = most - (most % layer.groups)
  return value > 0 ? { kind: 'set', parameter: 'outChannels', value } : undefined
}
