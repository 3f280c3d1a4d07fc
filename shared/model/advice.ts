import type { NetworkProblem } from './problem.ts'
import { isSignInTheEnd, quantizerOf, type QuantizerValue } from './quantizers/index.ts'
import type { LayerSpec } from './spec.ts'
import { isBlock, type Block } from './tree.ts'

interface Followed {
  /** Whether nothing that leaves the stack can be negative. */
  readonly isNonNegative: boolean
  readonly advice: readonly NetworkProblem[]
}

/**
 * What is likely a mistake in a network that can be trained all the same, with the layer and a repair each.
 *
 * The images have pixels from 0 to 1 and sign(0) is +1. A layer that takes the sign of pixels, or of what follows a
 * ReLU, therefore computes with +1 throughout: what leaves it is the same for every image, and no layer behind it can
 * tell one class from another. Only the first such layer of a chain is named.
 */
export function adviseOn(layers: readonly LayerSpec[]): readonly NetworkProblem[] {
  return followStack(layers, true).advice
}

function followStack(layers: readonly LayerSpec[], arrivesNonNegative: boolean): Followed {
  const advice: NetworkProblem[] = []
  let isNonNegative = arrivesNonNegative
  for (const layer of layers) {
    if (isNonNegative && takesSign(layer)) advice.push(alwaysPositive(layer.id))
    if (isBlock(layer)) {
      const inner = followStack(layer.layers, isNonNegative)
      advice.push(...inner.advice)
      isNonNegative = inner.isNonNegative && isNonNegative && passesOn(layer)
    } else isNonNegative = leavesNonNegative(layer, isNonNegative)
  }
  return { isNonNegative, advice }
}

function alwaysPositive(layerId: string): NetworkProblem {
  return {
    layerId,
    message: 'Every input here is 0 or more, so its sign is always +1 and nothing of the image gets through.',
    fix: 'Insert BatchNorm before it.',
    repair: { kind: 'insert', layers: [{ type: 'BatchNorm' }] },
  }
}

function takesSign(layer: LayerSpec): boolean {
  if (layer.type === 'QActivation') return isSignInTheEnd(layer.quantizer)
  return 'inputQuantizer' in layer && isSignInTheEnd(layer.inputQuantizer)
}

/** Whether nothing negative leaves the layer: a false "no" only costs an advice. */
function leavesNonNegative(layer: Exclude<LayerSpec, Block>, arrivesNonNegative: boolean): boolean {
  switch (layer.type) {
    case 'ReLU':
    case 'Pact':
      return true
    case 'QActivation':
      return hasNoNegativeValue(layer.quantizer)
    case 'PadModule':
      return arrivesNonNegative && layer.paddingValue >= 0
    case 'Tanh':
    case 'Hardtanh':
    case 'LeakyReLU':
    case 'PReLU':
    case 'Dropout':
    case 'MaxPool2d':
    case 'AvgPool2d':
    case 'GlobalAvgPool':
    case 'Flatten':
    case 'ZeroPad2d':
      return arrivesNonNegative
    default:
      return false
  }
}

/** What lies around the stack is what comes in; a 1×1 shortcut has weights of either sign. */
const passesOn = (block: Block) => block.shortcut === 'identity'

function hasNoNegativeValue(value: QuantizerValue): boolean {
  const quantizer = quantizerOf(value)
  return quantizer.type === 'inputdorefa' || (quantizer.type === 'steheaviside' && quantizer.low === 0)
}
