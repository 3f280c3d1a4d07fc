import { describe, expect, test } from 'vitest'
import { describeKernels, loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { runReference, runStage, type Values } from '#electron/native/plan/reference.ts'
import { buildPlan, createRunner } from '#electron/native/plan/runner.ts'
import type { Stages } from '#electron/native/plan/stages.ts'
import { images, odd, preset, randomNetwork, specOf } from './networks.ts'

const description = describeKernels()
const instructionSets = description.kind === 'native' ? description.available : []

/** Floats, bits and floats again, with every stage that a plan has. */
const mixed = specOf({ height: 9, width: 8, channels: 2 }, [
  ['QConv2d_NoAct', { outChannels: 6, kernelSize: 3, padding: 1, paddingValue: -1 }],
  ['AvgPool2d', { kernelSize: 3, stride: 2, padding: 1 }],
  ['QActivation'],
  ['BatchNorm'],
  ['Tanh'],
  ['QActivation'],
  ['QConv2d_NoAct', { outChannels: 67, kernelSize: 2, padding: 1, paddingValue: 1 }],
  ['QActivation'],
  ['MaxPool2d', { kernelSize: 2 }],
  ['Conv2d', { outChannels: 4, kernelSize: 2 }],
  ['Flatten'],
  ['BatchNorm'],
  ['QLinear', { outFeatures: 10 }],
])

/** Every bit after every stage, in C++ and in the reference. */
function compareStages(stages: Stages, batch: Float32Array, count: number): void {
  const plan = buildPlan(stages, loadKernels()!)
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
    const isExact = ['comparison', 'bit pooling', 'binary convolution', 'unpacking'].includes(stage.kind)
    if (isExact) expect([...got], `stage ${index}, ${stage.kind}`).toEqual(wanted)
    else wanted.forEach((value, at) => expect(got[at]).toBeCloseTo(value, 3))
  })
}

describe.each(instructionSets)('the C++ plan on %s', (instructionSet) => {
  test('gives every bit that the reference gives', () => {
    loadKernels()!.useInstructionSet(instructionSet)
    compareStages(compileNetwork(randomNetwork(odd, 4)), images(odd, 11), 11)
    compareStages(compileNetwork(randomNetwork(mixed, 6)), images(mixed, 9), 9)
    const lenet = preset('lenet-binary')
    compareStages(compileNetwork(randomNetwork(lenet, 5)), images(lenet, 2), 2)
  })
})

describe.skipIf(instructionSets.length === 0)('the C++ plan', () => {
  test.each([odd, mixed])('gives the same scores for images alone and together, network %#', (spec) => {
    const runner = createRunner(compileNetwork(randomNetwork(spec, 6)))
    const batch = images(spec, 20)
    const size = batch.length / 20
    const alone = Array.from({ length: 20 }, (_, index) => [
      ...runner.run(batch.slice(index * size, (index + 1) * size), 1),
    ])
    expect([...runner.run(batch, 20)]).toEqual(alone.flat())
    expect(alone[0]).toHaveLength(10)
  })

  test('refuses stages that do not follow from one another', () => {
    const { PackedPlan } = loadKernels()!
    const plan = new PackedPlan(4, 4, 2)
    expect(() => plan.addBitPooling({ kernelSize: 2, stride: 2, padding: 0 }, new Uint8Array(2))).toThrow('takes bits')
    expect(() => plan.addUnpacking()).toThrow('takes bits')
    expect(() => plan.addBorder(0, 1)).toThrow('size')
    expect(() => plan.addAffine(new Float32Array(3), new Float32Array(2))).toThrow('scale has 3 values')
    expect(() => plan.addPooling({ kernelSize: 5, stride: 1, padding: 0 }, false)).toThrow('larger than')
    expect(() => plan.run(1, new Float32Array(32), new Float32Array(32))).toThrow('no stages')
  })
})

test('without kernels the reference answers', () => {
  const stages = compileNetwork(randomNetwork(mixed, 6))
  const runner = createRunner(stages, null)
  const batch = images(mixed, 2)
  expect(runner.kernels).toBe('reference')
  expect(runner.run(batch, 2)).toEqual(runReference(stages, batch, 2))
  expect(runner.run(batch, 2)).toHaveLength(20)
})
