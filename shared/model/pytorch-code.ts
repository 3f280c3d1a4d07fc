import { SignumError } from '../contract/errors.ts'
import { analyseNetwork, type LayerAnalysis } from './analyse.ts'
import { analyseShortcut } from './layers/residual.ts'
import { quantizerArgument, quantizerPreamble } from './pytorch-quantizers.ts'
import type { QuantizerValue } from './quantizers/index.ts'
import { sizeOf, type Signal } from './signal.ts'
import { calls, definitionsFor } from './pytorch-definitions.ts'
import { DEBUG_LAYERS, remarkOn, SWITCH_ON_DEBUGGING, withDebugLayers } from './pytorch-watch.ts'
import type { LayerSpecOf, NetworkSpec } from './spec.ts'

/** Python for one layer: an expression for each module that it takes. */
type Modules = readonly string[]

/** Arguments that differ from PyTorch's or bitorch's defaults, in their order; `undefined` leaves one out. */
type Arguments = Readonly<Record<string, string | number | boolean | undefined>>

const BITORCH_LAYERS = ['Pact', 'QActivation', 'QConv2d', 'QConv2d_NoAct', 'QLinear']

/**
 * The network as a Python file for PyTorch and, where it has binary layers, bitorch 0.4. Running it prints the shape
 * of its scores for two images. PyTorch's tensors are NCHW, the lab's NHWC: the modules are the same, but Flatten lays
 * out the values in another order, so weights cannot be copied over as they are.
 *
 * @throws SignumError `invalid_shape` when the network does not fit together, because then no module knows its input.
 */
export function toPytorchCode(spec: NetworkSpec): string {
  const analysis = analyseNetwork(spec)
  const wrong = analysis.layers.length < spec.layers.length ? analysis.problems.find(({ layerId }) => layerId) : null
  if (wrong)
    throw new SignumError('invalid_shape', `The network does not fit together yet. ${wrong.message} ${wrong.fix}`)
  const plain = linesOf(analysis.layers, (_layer, modules) => modules)
  const needsBitorch = [...BITORCH_LAYERS, 'pact'].some((name) => calls(plain, name))
  const lines = needsBitorch ? linesOf(analysis.layers, withDebugLayers) : plain
  const definitions = definitionsFor(lines)
  const bitorchNames = [...DEBUG_LAYERS, ...BITORCH_LAYERS].filter((name) => calls([...lines, ...definitions], name))
  const debugs = DEBUG_LAYERS.some((name) => bitorchNames.includes(name))
  const { height, width, channels } = spec.input
  return [
    `"""${docstring(spec.name)}"""`,
    '',
    'import torch',
    'from torch import nn',
    ...(bitorchNames.length > 0 ? [`from bitorch.layers import ${bitorchNames.join(', ')}`] : []),
    ...(calls(lines, 'PadModule') ? ['from bitorch.layers.pad import PadModule'] : []),
    ...(debugs ? [SWITCH_ON_DEBUGGING.import] : []),
    ...quantizerPreamble(lines),
    '',
    ...definitions,
    'model = nn.Sequential(',
    ...lines,
    ')',
    ...(debugs ? [SWITCH_ON_DEBUGGING.statement] : []),
    '',
    ...clipping(analysis.layers),
    'if __name__ == "__main__":',
    `    print(model(torch.zeros(2, ${channels}, ${height}, ${width})).shape)`,
    '',
  ].join('\n')
}

/**
 * The modules of a stack as the arguments of a call, one a line; a block's own stand within it.
 *
 * @param finish what becomes of the modules of a layer.
 */
function linesOf(layers: readonly LayerAnalysis[], finish: typeof withDebugLayers, indent = '    '): string[] {
  return layers.flatMap((analysis) => {
    const { layer, input, inside } = analysis
    const named = (line: string, index: number) => `${indent}${line}${index === 0 ? `  # ${remarkOn(layer)}` : ''}`
    if (layer.type !== 'Residual' || inside.length === 0) {
      return finish(layer, modulesOf(analysis)).map((module, index) => named(`${module},`, index))
    }
    const shortcut = shortcutModules(layer, input, inside)
    return [
      named('Residual(', 0),
      ...linesOf(inside, finish, `${indent}    `),
      ...(shortcut.length > 0 ? [`${indent}    shortcut=nn.Sequential(${shortcut.join(', ')}),`] : []),
      ...(layer.combine === 'concat' ? [`${indent}    concat=True,`] : []),
      `${indent}),`,
    ]
  })
}

function shortcutModules(layer: LayerSpecOf<'Residual'>, input: Signal, inside: readonly LayerAnalysis[]): Modules {
  return analyseShortcut(layer, input, inside).flatMap(modulesOf)
}

function modulesOf({ layer, input, inside }: LayerAnalysis): Modules {
  switch (layer.type) {
    case 'Residual':
      // A block without layers is its shortcut.
      return layer.shortcut === 'identity' ? [call('nn.Identity', [])] : shortcutModules(layer, input, inside)
    case 'Conv2d':
      return [call('nn.Conv2d', convolution(layer, input), { bias: layer.bias ? undefined : false })]
    case 'QConv2d':
    case 'QConv2d_NoAct':
      return binaryConvolution(layer, input)
    case 'Linear':
      return [call('nn.Linear', [countOf(input), layer.outFeatures], { bias: layer.bias ? undefined : false })]
    case 'QLinear':
      return [
        call('QLinear', [countOf(input), layer.outFeatures], {
          input_quantization: quantizerArgument(layer.inputQuantizer),
          gradient_cancellation_threshold: threshold(layer.gradientCancellationThreshold),
          weight_quantization: quantizerArgument(layer.weightQuantizer),
          bias: layer.bias ? undefined : false,
        }),
      ]
    case 'QActivation':
      return [activation(layer.quantizer, layer.gradientCancellationThreshold)]
    case 'BatchNorm':
      return [
        call(input.shape.kind === 'image' ? 'nn.BatchNorm2d' : 'nn.BatchNorm1d', [countOf(input)], {
          eps: layer.eps === 1e-5 ? undefined : layer.eps,
          momentum: layer.momentum === 0.1 ? undefined : layer.momentum,
        }),
      ]
    case 'Dropout':
      return [call('nn.Dropout', [], { p: layer.p })]
    case 'MaxPool2d':
    case 'AvgPool2d':
      return [
        call(`nn.${layer.type}`, [], {
          kernel_size: layer.kernelSize,
          stride: layer.stride ?? undefined,
          padding: layer.padding || undefined,
        }),
      ]
    case 'GlobalAvgPool':
      return [call('nn.AdaptiveAvgPool2d', [1]), call('nn.Flatten', [])]
    case 'LeakyReLU':
      return [call('nn.LeakyReLU', [layer.negativeSlope])]
    case 'PReLU':
      return [prelu(layer, input)]
    case 'RPReLU':
      return [call('Shift', [countOf(input)]), prelu(layer, input), call('Shift', [countOf(input)])]
    case 'Pact':
      return [layer.alpha === 10 ? call('Pact', [layer.bits]) : call('pact', [layer.bits, layer.alpha])]
    case 'ZeroPad2d':
      return [call('nn.ZeroPad2d', [`(${sidesOf(layer).join(', ')})`])]
    case 'PadModule':
      return [call('PadModule', sidesOf(layer), { padding_value: layer.paddingValue || undefined })]
    case 'Tanh':
    case 'ReLU':
    case 'Hardtanh':
    case 'Flatten':
      return [call(`nn.${layer.type}`, [])]
  }
}

/**
 * bitorch reads a padding value of 0 as "not given" and takes -1, so zeros are padded by a module of their own, which
 * has to stand behind the sign.
 */
function binaryConvolution(layer: LayerSpecOf<'QConv2d'> | LayerSpecOf<'QConv2d_NoAct'>, input: Signal): Modules {
  const padsZeros = layer.padding > 0 && layer.paddingValue === 0
  const own: Arguments = {
    weight_quantization: quantizerArgument(layer.weightQuantizer),
    pad_value: layer.padding > 0 && layer.paddingValue === 1 ? 1 : undefined,
  }
  if (layer.type === 'QConv2d_NoAct' || padsZeros) {
    const before =
      layer.type === 'QConv2d' ? [activation(layer.inputQuantizer, layer.gradientCancellationThreshold)] : []
    const zeros = padsZeros ? [call('nn.ZeroPad2d', [layer.padding])] : []
    const inner = padsZeros ? { ...layer, padding: 0 } : layer
    return [...before, ...zeros, call('QConv2d_NoAct', convolution(inner, input), own)]
  }
  return [
    call('QConv2d', convolution(layer, input), {
      input_quantization: quantizerArgument(layer.inputQuantizer),
      gradient_cancellation_threshold: threshold(layer.gradientCancellationThreshold),
      ...own,
    }),
  ]
}

const prelu = ({ init }: LayerSpecOf<'PReLU' | 'RPReLU'>, input: Signal) =>
  call('nn.PReLU', [countOf(input)], { init: init === 0.25 ? undefined : init })

const sidesOf = (layer: LayerSpecOf<'ZeroPad2d' | 'PadModule'>) => [
  layer.paddingLeft,
  layer.paddingRight,
  layer.paddingTop,
  layer.paddingBottom,
]

interface Convolution {
  readonly outChannels: number
  readonly kernelSize: number
  readonly stride: number
  readonly padding: number
  readonly groups: number
}

function convolution(
  { outChannels, kernelSize, stride, padding, groups }: Convolution,
  input: Signal,
): (number | string)[] {
  return [
    countOf(input),
    outChannels,
    `kernel_size=${kernelSize}`,
    ...(stride === 1 ? [] : [`stride=${stride}`]),
    ...(padding === 0 ? [] : [`padding=${padding}`]),
    ...(groups === 1 ? [] : [`groups=${groups}`]),
  ]
}

function activation(quantizer: QuantizerValue, cancellation: number | null): string {
  return call('QActivation', [], {
    activation: quantizerArgument(quantizer),
    gradient_cancellation_threshold: threshold(cancellation),
  })
}

/** bitorch cannot switch cancellation off, but no value lies beyond infinity. Its default is 1. */
function threshold(value: number | null): string | number | undefined {
  return value === null ? 'float("inf")' : value === 1 ? undefined : value
}

/** Channels of an image, or features. */
function countOf({ shape }: Signal): number {
  return shape.kind === 'image' ? shape.channels : sizeOf(shape)
}

function call(name: string, positional: readonly (string | number)[], named: Arguments = {}): string {
  const shown = Object.entries(named).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${typeof value === 'boolean' ? (value ? 'True' : 'False') : value}`],
  )
  return `${name}(${[...positional, ...shown].join(', ')})`
}

/** bitorch has no weight clip; this is the lab's, to be called after every step of the optimiser. */
function clipping(layers: readonly LayerAnalysis[]): string[] {
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

interface Clip {
  /** As `get_submodule` reads it: "3", or "2.layers.0" inside a block. */
  readonly place: string
  readonly bound: number
}

/** A layer's weights are in the last of the modules that it takes. */
function clippedModules(layers: readonly LayerAnalysis[], prefix = ''): Clip[] {
  let next = 0
  return layers.flatMap((analysis) => {
    const { layer, inside } = analysis
    const first = next
    next += inside.length > 0 ? 1 : modulesOf(analysis).length
    if (inside.length > 0) return clippedModules(inside, `${prefix}${first}.layers.`)
    if (!('weightClip' in layer) || layer.weightClip === null) return []
    return [{ place: `${prefix}${next - 1}`, bound: layer.weightClip }]
  })
}

/** A name cannot end the string that it stands in. */
const docstring = (name: string) => name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
