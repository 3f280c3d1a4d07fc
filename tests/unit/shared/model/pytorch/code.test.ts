import { describe, expect, it } from 'vitest'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import { toPytorchCode } from '#shared/model/pytorch/code.ts'
import { preset } from '../../../../fixtures/presets.ts'

const modules = (code: string) =>
  /nn\.Sequential\(\n([\s\S]*?)\n\)/
    .exec(code)![1]!
    .split('\n')
    .map((line) => line.replace(/,(\s+#.*)?$/, '').trim())

function codeOf(...layers: Record<string, unknown>[]): string {
  const named = layers.map((layer, index) => ({ id: `l${index}`, ...layer }))
  const input = { height: 28, width: 28, channels: 1 }
  return toPytorchCode(parseNetworkSpec({ schema: 1, name: 'net', input, layers: named }))
}

describe('the notebook’s networks', () => {
  it('lenet-binary', () => {
    expect(toPytorchCode(preset('lenet-binary'))).toBe(`"""lenet-binary"""

import torch
from torch import nn
from bitorch.layers import QActivation, QConv2d_NoAct, QLinear

model = nn.Sequential(
    nn.Conv2d(1, 64, kernel_size=5),  # conv1
    nn.BatchNorm2d(64),  # norm1
    nn.Tanh(),  # tanh1
    nn.MaxPool2d(kernel_size=2, stride=2),  # pool1
    QActivation(),  # sign1
    QConv2d_NoAct(64, 64, kernel_size=5),  # conv2
    nn.BatchNorm2d(64),  # norm2
    nn.MaxPool2d(kernel_size=2, stride=2),  # pool2
    nn.Flatten(),  # flatten
    QActivation(),  # sign2
    QLinear(1024, 1000),  # linear1
    nn.BatchNorm1d(1000),  # norm3
    nn.Tanh(),  # tanh3
    nn.Linear(1000, 10),  # linear2
)

if __name__ == "__main__":
    print(model(torch.zeros(2, 1, 28, 28)).shape)
`)
  })

  it('lenet-twin needs PyTorch only', () => {
    const code = toPytorchCode(preset('lenet-twin'))
    expect(code).not.toContain('bitorch')
    expect(modules(code)).toEqual([
      'nn.Conv2d(1, 64, kernel_size=5)',
      'nn.BatchNorm2d(64)',
      'nn.Tanh()',
      'nn.MaxPool2d(kernel_size=2, stride=2)',
      'nn.Conv2d(64, 64, kernel_size=5)',
      'nn.BatchNorm2d(64)',
      'nn.Tanh()',
      'nn.MaxPool2d(kernel_size=2, stride=2)',
      'nn.Flatten()',
      'nn.Linear(1024, 1000)',
      'nn.BatchNorm1d(1000)',
      'nn.Tanh()',
      'nn.Linear(1000, 10)',
    ])
  })

  it('lenet-full-precision has the widths of its own', () => {
    const spec = preset('lenet-full-precision')
    const written = modules(toPytorchCode(spec))
    expect(written).toHaveLength(spec.layers.length)
    expect(written[0]).toMatch(/^nn\.Conv2d\(1, \d+, kernel_size=5\)$/)
    expect(written.at(-1)).toMatch(/^nn\.Linear\(\d+, 10\)$/)
  })
})

describe('arguments', () => {
  const flatten = { type: 'Flatten' }

  it('are written where they differ from the defaults of the framework', () => {
    const convolution = { type: 'Conv2d', outChannels: 4, kernelSize: 3, stride: 2, padding: 1, bias: false }
    const code = codeOf(convolution, { type: 'BatchNorm', eps: 0.001, momentum: 0.2 }, { type: 'Dropout', p: 0.2 })
    expect(modules(code)).toEqual([
      'nn.Conv2d(1, 4, kernel_size=3, stride=2, padding=1, bias=False)',
      'nn.BatchNorm2d(4, eps=0.001, momentum=0.2)',
      'nn.Dropout(p=0.2)',
    ])
  })

  it('a threshold that is off lies beyond every value', () => {
    const code = codeOf({ type: 'QActivation', gradientCancellationThreshold: null }, flatten, {
      type: 'QLinear',
      outFeatures: 10,
      gradientCancellationThreshold: 1.3,
    })
    expect(modules(code)).toEqual([
      'QActivation(gradient_cancellation_threshold=float("inf"))',
      'nn.Flatten()',
      'QLinear(784, 10, gradient_cancellation_threshold=1.3)',
    ])
  })

  it('zeros around bits are padded by a module behind the sign, because bitorch would take -1', () => {
    const convolution = { type: 'QConv2d', outChannels: 4, kernelSize: 3, padding: 1 }
    expect(modules(codeOf({ ...convolution, paddingValue: 0, gradientCancellationThreshold: 2 }))).toEqual([
      'QActivation(gradient_cancellation_threshold=2)',
      'nn.ZeroPad2d(1)',
      'QConv2d_NoAct(1, 4, kernel_size=3)',
    ])
    expect(modules(codeOf({ ...convolution, paddingValue: 1 }))).toEqual([
      'QConv2d(1, 4, kernel_size=3, padding=1, pad_value=1)',
    ])
    expect(modules(codeOf(convolution))).toEqual(['QConv2d(1, 4, kernel_size=3, padding=1)'])
  })

  it('a weight clip names the module that holds the weights', () => {
    const code = codeOf(
      { type: 'QConv2d', outChannels: 4, kernelSize: 3, padding: 1, paddingValue: 0, weightClip: 1.25 },
      flatten,
      { type: 'QLinear', outFeatures: 10, weightClip: 1 },
    )
    expect(code).toContain('WEIGHT_CLIPS = [("2", 1.25), ("4", 1)]')
  })
})

describe('layers beyond the notebook', () => {
  it('grouped convolutions, learned activations and padding', () => {
    const code = codeOf(
      { type: 'Conv2d', outChannels: 4, kernelSize: 3 },
      { type: 'PReLU' },
      { type: 'PadModule', paddingLeft: 1, paddingTop: 1, paddingValue: -1 },
      { type: 'QConv2d', outChannels: 4, kernelSize: 3, groups: 4 },
      { type: 'RPReLU', init: 0.1 },
      { type: 'ZeroPad2d', paddingRight: 2 },
      { type: 'LeakyReLU' },
      { type: 'Pact', bits: 2 },
      { type: 'Pact', alpha: 4 },
      { type: 'GlobalAvgPool' },
    )
    expect(modules(code)).toEqual([
      'nn.Conv2d(1, 4, kernel_size=3)',
      'nn.PReLU(4)',
      'PadModule(1, 0, 1, 0, padding_value=-1)',
      'QConv2d(4, 4, kernel_size=3, groups=4)',
      'Shift(4)',
      'nn.PReLU(4, init=0.1)',
      'Shift(4)',
      'nn.ZeroPad2d((0, 2, 0, 0))',
      'nn.LeakyReLU(0.01)',
      'Pact(2)',
      'pact(4, 4)',
      'nn.AdaptiveAvgPool2d(1)',
      'nn.Flatten()',
    ])
    expect(code).toContain('from bitorch.layers import Pact, QConv2d\n')
    expect(code).toContain('from bitorch.layers.pad import PadModule\n')
    expect(code).toContain('class Shift(nn.Module):')
    expect(code).toContain('def pact(bits, alpha):')
    expect(code).toMatch(/\n    return layer\n\n\nmodel = /)
  })
})

describe('watched layers', () => {
  const convolution = { type: 'QConv2d', outChannels: 4, kernelSize: 3, padding: 1 }

  it('stand in bitorch’s debug layers, or before them', () => {
    const code = codeOf(
      { ...convolution, watchWeights: true, watchActivations: true, weightClip: 1 },
      { ...convolution, weightClip: 2 },
    )
    expect(modules(code)).toEqual([
      'WeightPrintDebug(QConv2d(1, 4, kernel_size=3, padding=1), name="l0 weights")',
      'InputPrintDebug(name="l0 activations")',
      'QConv2d(4, 4, kernel_size=3, padding=1)',
    ])
    expect(code).toContain('from bitorch.layers import InputPrintDebug, WeightPrintDebug, QConv2d\n')
    expect(code).toContain('layer_config.debug_activated = True')
    expect(code).toContain('WEIGHT_CLIPS = [("0", 1), ("2", 2)]')
  })

  it('are watched inside a block, and the block with its shortcut too', () => {
    const held = { id: 'inner', ...convolution, watchWeights: true, watchActivations: true, weightClip: 1 }
    const watched = { watchWeights: true, watchActivations: true }
    const code = codeOf(
      { type: 'Tanh', watchActivations: true },
      { type: 'Residual', shortcut: 'conv', shortcutBatchNorm: false, layers: [held], ...watched },
    )
    expect(modules(code)).toEqual([
      'nn.Tanh()',
      'InputPrintDebug(name="l0 activations")',
      'Residual(  # l1',
      'WeightPrintDebug(QConv2d(1, 4, kernel_size=3, padding=1), name="inner weights")',
      'InputPrintDebug(name="inner activations")',
      'shortcut=nn.Sequential(WeightPrintDebug(nn.Conv2d(1, 4, kernel_size=1), name="l1 weights"))',
      ')',
      'InputPrintDebug(name="l1 activations")',
    ])
    expect(code).toContain('WEIGHT_CLIPS = [("2.layers.0", 1)]')
  })

  it('take bitorch in where nothing else does', () => {
    const code = codeOf({ type: 'Flatten' }, { type: 'Linear', outFeatures: 10, watchWeights: true })
    expect(modules(code)[1]).toBe('WeightPrintDebug(nn.Linear(784, 10), name="l1 weights")')
    expect(code).toContain('from bitorch.layers import WeightPrintDebug\n')
  })

  it('without weights of their own print none', () => {
    expect(codeOf({ type: 'Flatten', watchWeights: true })).not.toContain('bitorch')
  })
})

describe('quantizers', () => {
  const convolution = { type: 'QConv2d', outChannels: 4, kernelSize: 3 }

  it('are bitorch’s where it has them', () => {
    const code = codeOf(
      { type: 'QActivation', quantizer: 'approxsign' },
      { ...convolution, inputQuantizer: { type: 'inputdorefa', bits: 2 }, weightQuantizer: { type: 'weightdorefa' } },
      { ...convolution, inputQuantizer: { type: 'swishsign', beta: 3 } },
    )
    expect(modules(code)).toEqual([
      'QActivation(activation="approxsign")',
      'QConv2d(1, 4, kernel_size=3, input_quantization=InputDoReFa(bits=2), weight_quantization=WeightDoReFa(bits=1))',
      'QConv2d(4, 4, kernel_size=3, input_quantization=SwishSign(beta=3))',
    ])
    expect(code).toContain('from bitorch.quantizations import InputDoReFa, SwishSign, WeightDoReFa\n')
    expect(code).not.toContain('class ')
  })

  it('come as classes where bitorch has none', () => {
    const code = codeOf({ ...convolution, inputQuantizer: 'ste_tern', weightQuantizer: 'magnitude_aware_sign' })
    expect(modules(code)[0]).toContain('input_quantization=SteTern(threshold=0.05, clip=1)')
    expect(modules(code)[0]).toContain('weight_quantization=MagnitudeAwareSign(clip=1)')
    expect(code.match(/^class \w+/gm)).toEqual(['class WithGradient', 'class MagnitudeAwareSign', 'class SteTern'])
    expect(code).toContain('from bitorch.quantizations import Quantization\n')
  })

  it('that change with training come with the call that moves them', () => {
    const code = codeOf({ ...convolution, inputQuantizer: 'progressive_sign' })
    expect(modules(code)[0]).toContain('ProgressiveSign(alpha=4, beta=10)')
    expect(code).toContain('def set_progress(share):')
  })
})

it('a network that does not fit together has no code yet', () => {
  expect(() => codeOf({ type: 'Linear', outFeatures: 10 })).toThrow(/Insert Flatten before it/)
})

it('a name stays inside its string', () => {
  const spec = { ...preset('lenet-twin'), name: 'a"""\nb\\' }
  expect(toPytorchCode(spec).split('\n\nimport')[0]).toBe('"""a\\"\\"\\"\nb\\\\"""')
})
