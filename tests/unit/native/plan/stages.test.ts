import { fc, test as testAny } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { describeKernels, loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { runReference, runStage, type Values } from '#electron/native/plan/reference.ts'
import { buildPlan, createRunner } from '#electron/native/plan/runner.ts'
import { kernelStages, type Stage, type Stages } from '#electron/native/plan/stages.ts'
import { anyNetwork, anyResidualNetwork } from './any-network.ts'
import { images, odd, preset, randomNetwork, residual, specOf } from './networks.ts'

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

/** Stages whose arithmetic is not the reference's to the bit: tanh is approximated. */
const APPROXIMATE = 'activation'

const isOrder = ({ kind }: Stage) => kind === 'keep' || kind === 'swap'

/**
 * Every value after every stage, in C++ and in the reference, which goes on from what the C++ gave, so that a difference
 * shows where it arises.
 */
function compareStages({ input, stages }: Stages, batch: Float32Array, count: number): void {
  const plan = buildPlan({ input, stages, outputs: 0 }, loadKernels()!)
  const size = batch.length / count
  let images: Values[] = Array.from({ length: count }, (_, index) => ({
    ...input,
    data: batch.subarray(index * size, (index + 1) * size),
  }))
  const kept: Values[][] = images.map(() => [])
  const places = kernelStages(stages)
  stages.forEach((stage, index) => {
    images = images.map((values, image) => runStage(stage, values, kept[image]!))
    // What only says which values come next changes none, and what joins a convolution is seen with it.
    if (isOrder(stage)) return
    const next = stages[index + 1]
    if (next && !isOrder(next) && places[index + 1] === places[index]) return
    const length = images[0]!.data.length
    const got = new Float32Array(count * length)
    plan.runTo(places[index]!, count, batch, got)
    const different: unknown[] = []
    images.forEach(({ data }, image) =>
      data.forEach((wanted, at) => {
        const value = got[image * length + at]!
        const isSame = stage.kind === APPROXIMATE ? Math.abs(value - wanted) < 1e-6 : value === wanted
        if (!isSame) different.push({ image, at, value, wanted })
      }),
    )
    expect(different, `stage ${index}, ${stage.kind}`).toEqual([])
    images = images.map((values, image) => ({ ...values, data: got.subarray(image * length, (image + 1) * length) }))
  })
}

describe.each(instructionSets)('the C++ plan on %s', (instructionSet) => {
  test('gives every bit that the reference gives', () => {
    loadKernels()!.useInstructionSet(instructionSet)
    compareStages(compileNetwork(randomNetwork(odd, 4)), images(odd, 11), 11)
    compareStages(compileNetwork(randomNetwork(mixed, 6)), images(mixed, 9), 9)
    compareStages(compileNetwork(randomNetwork(residual, 7)), images(residual, 9), 9)
    const lenet = preset('lenet-binary')
    compareStages(compileNetwork(randomNetwork(lenet, 5)), images(lenet, 2), 2)
  })
})

describe.skipIf(instructionSets.length === 0)('the C++ plan', () => {
  testAny.prop([fc.oneof(anyNetwork, anyResidualNetwork)], { numRuns: 15 })(
    'gives every number that the reference gives, for any network',
    ({ spec, seed }) => compareStages(compileNetwork(randomNetwork(spec, seed)), images(spec, 2), 2),
    30_000,
  )

  test.each([odd, mixed, residual])('gives the same scores for images alone and together, network %#', (spec) => {
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
    expect(() => plan.addBorder({ top: 1, bottom: 0, left: 0, right: -1 }, 1)).toThrow('sides.right')
    expect(() => plan.swap()).toThrow('Nothing was kept')
    expect(() => plan.addSum()).toThrow('Nothing was kept')
    expect(() => plan.addAffine(new Float32Array(3), new Float32Array(2))).toThrow('scale has 3 values')
    expect(() => plan.addPooling({ kernelSize: 5, stride: 1, padding: 0 }, false)).toThrow('larger than')
    expect(() => plan.run(1, new Float32Array(32), new Float32Array(32))).toThrow('no stages')
    plan.keep()
    plan.addBorder({ top: 1, bottom: 0, left: 0, right: 0 }, 1)
    expect(() => plan.addConcatenation()).toThrow('another height')
    expect(() => plan.run(1, new Float32Array(32), new Float32Array(40))).toThrow('keeps values')
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
