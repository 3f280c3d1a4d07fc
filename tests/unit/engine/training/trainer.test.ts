import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import type { Backend } from '#electron/engine/backends/backend.ts'
import type { Batch } from '#electron/engine/datasets/batch.ts'
import { buildNetwork, type Network } from '#electron/engine/network.ts'
import { createOptimizer } from '#electron/engine/optimizers/create.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { LearningRate } from '#electron/engine/training/learning-rate.ts'
import { Trainer } from '#electron/engine/training/trainer.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { describeOnEveryBackend, expectClose, fixture, tensorOf, type Stored } from '../support.ts'

interface StepCase {
  readonly images: Stored
  readonly labels: number[]
  readonly variables: Record<string, Stored>
  readonly logits: Stored
  readonly loss: number
  readonly gradients: Record<string, Stored>
  readonly learningRate: number
  readonly variablesAfter: Record<string, Stored>
}

const expected = fixture<StepCase>('step.json')
const analysis = requireTrainable(
  parseNetworkSpec({
    schema: 1,
    name: 'small binary LeNet',
    input: { height: 12, width: 12, channels: 1 },
    layers: [
      { id: 'conv1', type: 'Conv2d', outChannels: 3, kernelSize: 3 },
      { id: 'norm1', type: 'BatchNorm' },
      { id: 'tanh1', type: 'Tanh' },
      { id: 'pool1', type: 'MaxPool2d' },
      { id: 'sign1', type: 'QActivation' },
      { id: 'conv2', type: 'QConv2d_NoAct', outChannels: 3, kernelSize: 2 },
      { id: 'norm2', type: 'BatchNorm' },
      { id: 'pool2', type: 'MaxPool2d' },
      { id: 'flatten', type: 'Flatten' },
      { id: 'sign2', type: 'QActivation' },
      { id: 'linear1', type: 'QLinear', outFeatures: 8 },
      { id: 'norm3', type: 'BatchNorm' },
      { id: 'tanh3', type: 'Tanh' },
      { id: 'linear2', type: 'Linear', outFeatures: 4 },
    ],
  }),
  4,
)

/** The gradient of a bias before a batch normalisation: zero, but for rounding. */
function isNoise({ values }: Stored): boolean {
  return values.every((value) => Math.abs(value) < 1e-4)
}

function batchOf({ images, labels }: StepCase): Batch {
  const tensors = { images: tensorOf(images), labels: tf.tensor1d(labels, 'int32') }
  const dispose = () => [tensors.images, tensors.labels].forEach((tensor) => tensor.dispose())
  return { ...tensors, classes: Int32Array.from(labels), dispose }
}

function buildFrom(variables: Record<string, Stored>, { operations }: Backend): Network {
  const network = buildNetwork(analysis, { operations, random: seedStreams(1) })
  expect(network.variables.map(({ name }) => name)).toEqual(Object.keys(variables))
  for (const { name, variable } of network.variables) tf.tidy(() => variable.assign(tensorOf(variables[name]!)))
  return network
}

describeOnEveryBackend('a training step of a small binary network', (backend) => {
  const settings = trainingSettingsSchema.parse({ optimizer: 'sgd', learningRate: expected.learningRate })
  const rate = new LearningRate(settings, 1).at(1)

  it('has the loss and the gradients that PyTorch has', () => {
    const network = buildFrom(expected.variables, backend)
    const batch = batchOf(expected)
    tf.tidy(() => {
      const { logits, backward } = network.train(batch.images)
      expectClose(logits, expected.logits)
      const { losses, gradient } = backend.operations.crossEntropy(logits, batch.labels)
      expect(tf.mean(losses).dataSync()[0]).toBeCloseTo(expected.loss, 5)
      const found = Object.fromEntries([...backward(gradient)].map(([{ name }, value]) => [name, value]))
      expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected.gradients).toSorted())
      for (const [name, value] of Object.entries(expected.gradients)) {
        if (isNoise(value)) expect(Math.max(...found[name]!.dataSync().map(Math.abs))).toBeLessThan(1e-3)
        else expectClose(found[name]!, value, 1e-4)
      }
    })
    batch.dispose()
    network.dispose()
  })

  it('leaves the weights and the running statistics where PyTorch leaves them', () => {
    const network = buildFrom(expected.variables, backend)
    const optimizer = createOptimizer(settings, network.variables, backend.operations)
    const batch = batchOf(expected)
    const { loss } = new Trainer(network, optimizer, backend.operations).step(batch, 1, rate)
    expect(loss).toBeCloseTo(expected.loss, 5)
    for (const { name, variable } of network.variables) {
      expectClose(variable, expected.variablesAfter[name]!)
    }
    batch.dispose()
    optimizer.dispose()
    network.dispose()
  })

  it('leaves no tensor behind, step after step', () => {
    const network = buildFrom(expected.variables, backend)
    const optimizer = createOptimizer(settings, network.variables, backend.operations)
    const trainer = new Trainer(network, optimizer, backend.operations)
    const batch = batchOf(expected)
    trainer.step(batch, 1, rate)
    const before = tf.memory().numTensors
    for (let step = 2; step <= 6; step++) {
      trainer.step(batch, step, rate)
      expect(tf.memory().numTensors).toBe(before)
    }
    batch.dispose()
    optimizer.dispose()
    network.dispose()
  })

  it.each([
    ['the first convolution', 'conv1.weight'],
    ['the last layer', 'linear2.weight'],
  ])('names the step in which %s stops giving numbers, and moves no weight', (_, name) => {
    const network = buildFrom(expected.variables, backend)
    const optimizer = createOptimizer(settings, network.variables, backend.operations)
    const broken = network.variables.find((variable) => variable.name === name)!.variable
    tf.tidy(() => broken.assign(tf.mul(broken, NaN)))
    const batch = batchOf(expected)
    expect(() => new Trainer(network, optimizer, backend.operations).step(batch, 17, rate)).toThrowError(
      expect.objectContaining({ code: 'diverged', message: expect.stringContaining('step 17') }),
    )
    expect(optimizer.steps).toBe(0)
    const bias = network.variables.find((variable) => variable.name === 'linear2.bias')!
    expectClose(bias.variable, expected.variables['linear2.bias']!)
    batch.dispose()
    optimizer.dispose()
    network.dispose()
  })
})

describeOnEveryBackend('weight clipping', ({ operations }) => {
  it('keeps latent weights within its bound after every step', () => {
    const clipped = requireTrainable(
      parseNetworkSpec({
        schema: 1,
        name: 'clipped',
        input: { height: 1, width: 1, channels: 4 },
        layers: [
          { id: 'flatten', type: 'Flatten' },
          { id: 'linear', type: 'QLinear', outFeatures: 3, weightClip: 0.25 },
        ],
      }),
      3,
    )
    const network = buildNetwork(clipped, { operations, random: seedStreams(5) })
    const settings = trainingSettingsSchema.parse({ learningRate: 0.2 })
    const rate = new LearningRate(settings, 1).at(1)
    const optimizer = createOptimizer(settings, network.variables, operations)
    const trainer = new Trainer(network, optimizer, operations)
    const batch = batchOf({
      ...expected,
      images: { shape: [2, 1, 1, 4], values: [1, -1, 1, -1, -1, 1, 1, 1] },
      labels: [0, 2],
    })
    for (let step = 1; step <= 5; step++) trainer.step(batch, step, rate)
    const weight = network.variables.find(({ name }) => name === 'linear.weight')!.variable.dataSync()
    const bias = network.variables.find(({ name }) => name === 'linear.bias')!.variable.dataSync()
    expect(Math.max(...weight.map(Math.abs))).toBe(0.25)
    expect(Math.max(...bias.map(Math.abs))).toBeGreaterThan(0.25)
    batch.dispose()
    optimizer.dispose()
    network.dispose()
  })
})
