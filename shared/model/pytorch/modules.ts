import type { LayerAnalysis } from '../analyse.ts'
import { analyseShortcut } from '../layers/residual.ts'
import type { Signal } from '../signal.ts'
import type { LayerSpecOf } from '../spec.ts'
import { activation, binaryOptions } from './binary.ts'
import { call, countOf } from './call.ts'
import { binaryConvolution, window } from './convolution.ts'
import { quantizerArgument } from './quantizers.ts'

/** Python for one layer: an expression for each module that it takes. Its weights are in the last that has any. */
export type Modules = readonly string[]

/** The modules of a layer; for a block those of its shortcut, as its layers have their own. */
export function modulesOf({ layer, input, inside }: LayerAnalysis): Modules {
  switch (layer.type) {
    case 'Residual': {
      const shortcut = analyseShortcut(layer, input, inside).flatMap(modulesOf)
      return shortcut.length > 0 ? shortcut : [call('nn.Identity', [])]
    }
    case 'Conv2d':
      return [call('nn.Conv2d', window(layer, input), { bias: layer.bias ? undefined : false })]
    case 'QConv2d':
    case 'QConv2d_NoAct':
      return binaryConvolution(layer, input)
    case 'Linear':
      return [call('nn.Linear', [countOf(input), layer.outFeatures], { bias: layer.bias ? undefined : false })]
    case 'QLinear':
      return [
        call('QLinear', [countOf(input), layer.outFeatures], {
          ...binaryOptions(layer),
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

const prelu = ({ init }: LayerSpecOf<'PReLU' | 'RPReLU'>, input: Signal) =>
  call('nn.PReLU', [countOf(input)], { init: init === 0.25 ? undefined : init })

const sidesOf = (layer: LayerSpecOf<'ZeroPad2d' | 'PadModule'>) => [
  layer.paddingLeft,
  layer.paddingRight,
  layer.paddingTop,
  layer.paddingBottom,
]
