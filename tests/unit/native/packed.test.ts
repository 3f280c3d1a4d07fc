import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeKernels, loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { readPackedFile, writePackedFile } from '#electron/native/plan/file.ts'
import { applyStep } from '#electron/native/plan/monotone.ts'
import { packNetwork, type PackedNetwork } from '#electron/native/plan/network.ts'
import { runReference, runStage, type Values } from '#electron/native/plan/reference.ts'
import { buildPlan, createRunner } from '#electron/native/plan/runner.ts'
import type { Stages } from '#electron/native/plan/stages.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'

const description = describeKernels()
const instructionSets = description.kind === 'native' ? description.available : []

/** A small generator, so that every test sees the same numbers. */
function noise(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}

function randomNetwork(spec: ReturnType<typeof parseNetworkSpec>, seed: number): PackedNetwork {
  const next = noise(seed)
  const tensors = new Map<string, Float32Array>()
  const fill = (name: string, count: number, value = next) =>
    tensors.set(name, Float32Array.from({ length: count }, value))
  for (const { layer, cost, output } of analyseNetwork(spec).layers) {
    const outputs = output.shape.kind === 'image' ? output.shape.channels : output.shape.count
    const bias = 'bias' in layer && layer.bias ? outputs : 0
    if (layer.type === 'BatchNorm') {
      // Every third channel falls, every seventh is constant.
      let channel = 0
      fill(`${layer.id}.weight`, outputs, () => (++channel % 7 === 0 ? 0 : channel % 3 === 0 ? -0.7 : 0.9))
      fill(`${layer.id}.bias`, outputs, () => 0.3 * next())
      fill(`${layer.id}.running_mean`, outputs, () => 2 * next())
      fill(`${layer.id}.running_var`, outputs, () => 5 + 4 * next())
    } else if (cost.parameters[1] + cost.parameters[32] > 0) {
      fill(`${layer.id}.weight`, cost.parameters[1] + cost.parameters[32] - bias)
      if (bias > 0) fill(`${layer.id}.bias`, bias)
    }
  }
  return packNetwork(spec, tensors)
}

const preset = (name: string) =>
  parseNetworkSpec(
    JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../resources/presets/${name}.json`), 'utf8')).spec,
  )
const lenet = preset('lenet-binary')

const odd = parseNetworkSpec({
  schema: 1,
  name: 'odd shapes',
  input: { height: 11, width: 9, channels: 3 },
  layers: [
    { id: 'conv', type: 'Conv2d', outChannels: 13, kernelSize: 3, padding: 1 },
    { id: 'pool', type: 'MaxPool2d', kernelSize: 2 },
    { id: 'norm', type: 'BatchNorm' },
    { id: 'q1', type: 'QConv2d', outChannels: 70, kernelSize: 3, padding: 1, paddingValue: 0 },
    { id: 'norm1', type: 'BatchNorm' },
    { id: 'hard', type: 'Hardtanh' },
    { id: 'q2', type: 'QConv2d', outChannels: 5, kernelSize: 2, stride: 2, padding: 1, paddingValue: 1 },
    { id: 'pool2', type: 'MaxPool2d', kernelSize: 3, stride: 1, padding: 1 },
    { id: 'norm2', type: 'BatchNorm' },
    { id: 'flatten', type: 'Flatten' },
    { id: 'norm3', type: 'BatchNorm' },
    { id: 'dense', type: 'QLinear', outFeatures: 17 },
    { id: 'norm4', type: 'BatchNorm' },
    { id: 'dense2', type: 'QLinear', outFeatures: 9, bias: false },
    { id: 'relu', type: 'ReLU' },
    { id: 'out', type: 'Linear', outFeatures: 10 },
  ],
})

function images(spec: typeof lenet, count: number): Float32Array {
  const next = noise(99)
  const { height, width, channels } = spec.input
  return Float32Array.from({ length: count * height * width * channels }, () => Math.max(0, next()))
}

/** What the layers say, without comparisons: every step on floats, then the sign. */
function evaluateFloats(network: PackedNetwork, image: Values): Values {
  let values = image
  const { stages } = compileNetwork(network)
  const weighted = stages.filter((stage) => stage.kind === 'convolution' || stage.kind === 'binary convolution')
  for (const { layer } of analyseNetwork(network.spec).layers) {
    const packed = network.layers.get(layer.id) ?? {}
    const each = (change: (x: number, channel: number) => number) => {
      const { channels } = packed.scale ? { channels: packed.scale.length } : values
      values = { ...values, data: values.data.map((x, index) => change(x, index % channels)) }
    }
    if (['QActivation', 'QConv2d', 'QLinear'].includes(layer.type)) each((x) => (x >= 0 ? 1 : -1))
    if (/Conv|Linear/.test(layer.type)) {
      const stage = weighted.shift()!
      const { height, width, inChannels } = stage.geometry
      values = runStage(stage, { height, width, channels: inChannels, data: values.data })
      if (packed.filters && packed.bias) each((x, channel) => Math.fround(x + packed.bias![channel]!))
    } else if (layer.type === 'BatchNorm') {
      each((x, channel) => applyStep({ kind: 'affine', scale: packed.scale!, shift: packed.shift! }, x, channel))
    } else if (layer.type === 'MaxPool2d') {
      const window = { kernelSize: layer.kernelSize, stride: layer.stride ?? layer.kernelSize, padding: layer.padding }
      values = runStage({ kind: 'pooling', window, mean: false }, values)
    } else if (layer.type === 'Tanh' || layer.type === 'ReLU' || layer.type === 'Hardtanh') {
      const activation = ({ Tanh: 'tanh', ReLU: 'relu', Hardtanh: 'hardtanh' } as const)[layer.type]
      each((x, channel) => applyStep({ kind: 'activation', activation }, x, channel))
    }
  }
  return values
}

describe('a compiled network', () => {
  test('keeps no float between the first convolution of lenet-binary and its last block', () => {
    const kinds = compileNetwork(randomNetwork(lenet, 1)).stages.map(({ kind }) => kind)
    expect(kinds).toEqual([
      ...['convolution', 'comparison', 'bit pooling'],
      ...['binary convolution', 'comparison', 'bit pooling'],
      ...['binary convolution', 'affine', 'affine', 'activation', 'convolution'],
    ])
  })

  test.each([1, 2, 3])('gives exactly the scores of the layers computed with floats, network %i', (seed) => {
    const network = randomNetwork(odd, seed)
    const image = { ...odd.input, data: images(odd, 1) }
    expect([...runReference(compileNetwork(network), image.data, 1)]).toEqual([...evaluateFloats(network, image).data])
  })

  test('refuses what bits cannot enter, and names the way out', () => {
    const spec = parseNetworkSpec({
      ...odd,
      layers: [
        { id: 'sign', type: 'QActivation' },
        { id: 'conv', type: 'Conv2d', outChannels: 2, kernelSize: 3 },
      ],
    })
    expect(() => compileNetwork(randomNetwork(spec, 1))).toThrow('the layer "conv": it mixes bits and floats')
  })
})

/** Every bit after every stage, in C++ and in the reference. */
function compareStages(stages: Stages, batch: Float32Array, count: number): void {
  const kernels = loadKernels()!
  const plan = buildPlan(stages, kernels)
  const size = batch.length / count
  let inputs: Values[] = Array.from({ length: count }, (_, index) => ({
    ...stages.input,
    data: batch.subarray(index * size, (index + 1) * size),
  }))
  let native = 0
  stages.stages.forEach((stage, index) => {
    inputs = inputs.map((values) => runStage(stage, values))
    // A comparison belongs to its convolution.
    if ('geometry' in stage && stages.stages[index + 1]?.kind === 'comparison') return
    const wanted = inputs.flatMap(({ data }) => [...data])
    const got = new Float32Array(wanted.length)
    plan.runTo(native++, count, batch, got)
    const isBits = stage.kind === 'comparison' || stage.kind === 'bit pooling'
    if (isBits || stage.kind === 'binary convolution') expect([...got], `stage ${index}, ${stage.kind}`).toEqual(wanted)
    else wanted.forEach((value, at) => expect(got[at]).toBeCloseTo(value, 3))
  })
}

describe.each(instructionSets)('the C++ plan on %s', (instructionSet) => {
  test('gives every bit that the reference gives', () => {
    loadKernels()!.useInstructionSet(instructionSet)
    compareStages(compileNetwork(randomNetwork(odd, 4)), images(odd, 11), 11)
    compareStages(compileNetwork(randomNetwork(lenet, 5)), images(lenet, 2), 2)
  })
})

describe.skipIf(instructionSets.length === 0)('the C++ plan', () => {
  test('gives the same scores for images alone and together', () => {
    const runner = createRunner(compileNetwork(randomNetwork(odd, 6)))
    const batch = images(odd, 20)
    const size = batch.length / 20
    const alone = Array.from({ length: 20 }, (_, index) => [
      ...runner.run(batch.slice(index * size, (index + 1) * size), 1),
    ])
    expect([...runner.run(batch, 20)]).toEqual(alone.flat())
  })

  test('refuses stages that do not follow from one another', () => {
    const { PackedPlan } = loadKernels()!
    const plan = new PackedPlan(4, 4, 2)
    expect(() => plan.addBitPooling({ kernelSize: 2, stride: 2, padding: 0 }, new Uint8Array(2))).toThrow('takes bits')
    expect(() => plan.addAffine(new Float32Array(3), new Float32Array(2))).toThrow('scale has 3 values')
    expect(() => plan.addPooling({ kernelSize: 5, stride: 1, padding: 0 }, false)).toThrow('larger than')
    expect(() => plan.run(1, new Float32Array(32), new Float32Array(32))).toThrow('no stages')
  })
})

describe('the packed file', () => {
  test('of lenet-binary has 200,520 bytes behind its header', () => {
    const bytes = writePackedFile(randomNetwork(lenet, 1))
    const header = 16 + new DataView(bytes.buffer).getUint32(12, true)
    expect(bytes.length - header).toBe(200_520)
    expect(bytes.length - header).toBe(analyseNetwork(lenet).totals.packedBytes)
  })

  test('brings the network back, at any place in memory', () => {
    for (const spec of [odd, lenet, preset('lenet-full-precision')]) {
      const network = randomNetwork(spec, 3)
      const bytes = writePackedFile(network)
      const moved = new Uint8Array(bytes.length + 1)
      moved.set(bytes, 1)
      expect(readPackedFile(moved.subarray(1))).toEqual(network)
    }
  })

  test('is refused when it is another file, newer, damaged or cut short', () => {
    const bytes = writePackedFile(randomNetwork(odd, 3))
    const changed = (change: (copy: Uint8Array) => void) => {
      const copy = bytes.slice()
      change(copy)
      return () => readPackedFile(copy)
    }
    expect(changed((copy) => copy.fill(0, 0, 1))).toThrow('not a packed network')
    expect(changed((copy) => copy.fill(2, 8, 9))).toThrow('has version 2; this program reads version 1')
    expect(changed((copy) => copy.fill(0x7d, 16, 17))).toThrow('is damaged')
    expect(changed((copy) => copy.fill(255, 12, 16))).toThrow('cut short')
    expect(() => readPackedFile(bytes.subarray(0, bytes.length - 1))).toThrow('but its layers need')
    expect(() => readPackedFile(bytes.subarray(0, 3))).toThrow('not a packed network')
  })
})
