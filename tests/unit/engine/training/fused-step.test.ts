import { expect, it } from 'vitest'
import * as tf from '@tensorflow/tfjs-core'
import { gatherBatch } from '#electron/engine/datasets/batch.ts'
import { buildNetwork, type Network } from '#electron/engine/network.ts'
import type { Operations } from '#electron/engine/operations/operation.ts'
import { referenceOperations } from '#electron/engine/operations/reference.ts'
import { createOptimizer } from '#electron/engine/optimizers/create.ts'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'
import { sha256 } from '#electron/engine/training/checkpoint/tensors.ts'
import { Trainer } from '#electron/engine/training/trainer.ts'
import { requireTrainable } from '#shared/model/parse.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { preset } from '../../../fixtures/presets.ts'
import { describeOnEveryBackend, expectClose } from '../support.ts'

/** Few, because TF.js's own convolutions in JavaScript take most of a second. */
const IMAGES = 2
const analysis = requireTrainable(preset('lenet-binary'), 10)
const settings = trainingSettingsSchema.parse({})

const build = (operations: Operations) => buildNetwork(analysis, { operations, random: seedStreams(3) })

function someImages() {
  const random = new RandomStream([1, 2, 3, 4])
  const pixels = Uint8Array.from({ length: IMAGES * 784 }, () => random.integer(256))
  const labels = Uint8Array.from({ length: IMAGES }, (_, index) => index)
  return gatherBatch({ height: 28, width: 28, channels: 1 }, { count: IMAGES, pixels, labels }, 0, IMAGES)
}

const digests = ({ variables }: Network) =>
  variables.map(({ name, variable }) => `${name} ${sha256(new Uint8Array(variable.dataSync().slice().buffer))}`)

describeOnEveryBackend('lenet-binary in fused layers', ({ operations }) => {
  it.skipIf(!operations.fused)(
    'has the variables, gradients and scores of the plain one',
    () => {
      const [fused, plain] = [build(operations), build(referenceOperations)]
      expect(fused.layers.length).toBeLessThan(plain.layers.length)
      expect(digests(fused)).toEqual(digests(plain))
      const batch = someImages()
      tf.tidy(() => {
        const [actual, expected] = [fused, plain].map((network) => {
          const { logits, backward } = network.train(batch.images)
          const { gradient } = referenceOperations.crossEntropy(logits, batch.labels)
          const scores = { shape: logits.shape, values: [...logits.dataSync()] }
          return { scores, gradients: new Map([...backward(gradient)].map(([{ name }, tensor]) => [name, tensor])) }
        }) as [PassResult, PassResult]
        expectClose(tf.tensor(actual.scores.values, actual.scores.shape), expected.scores, 1e-4)
        expect([...actual.gradients.keys()].toSorted()).toEqual([...expected.gradients.keys()].toSorted())
        for (const [name, gradient] of expected.gradients) {
          const stored = { shape: gradient.shape, values: [...gradient.dataSync()] }
          expectClose(actual.gradients.get(name)!, stored, 1e-4)
        }
      })
      for (const [index, { variable }] of plain.variables.entries()) {
        expectClose(fused.variables[index]!.variable, { shape: variable.shape, values: [...variable.dataSync()] })
      }
      batch.dispose()
      fused.dispose()
      plain.dispose()
    },
    30_000,
  )

  it.skipIf(!operations.fused)(
    'repeats its steps bit for bit',
    () => {
      const batch = someImages()
      const train = () => {
        const network = build(operations)
        const optimizer = createOptimizer(settings, network.variables, operations)
        const trainer = new Trainer(network, optimizer, operations)
        for (let step = 1; step <= 2; step++) trainer.step(batch, step, { learningRate: 0.001, factor: 1 })
        const trained = digests(network)
        optimizer.dispose()
        network.dispose()
        return trained
      }
      expect(train()).toEqual(train())
      batch.dispose()
    },
    30_000,
  )
})

interface PassResult {
  readonly scores: { readonly shape: number[]; readonly values: number[] }
  readonly gradients: Map<string, tf.Tensor>
}
