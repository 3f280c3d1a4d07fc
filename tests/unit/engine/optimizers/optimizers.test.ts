import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { layerVariable } from '#electron/engine/layers/layer.ts'
import { createOptimizer } from '#electron/engine/optimizers/create.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { describeOnEveryBackend, expectClose, fixture, tensorOf, type Stored } from '../support.ts'

interface OptimizerCase {
  readonly name: string
  readonly settings: object
  /** A latent weight of a binary layer, or one that is flipped. */
  readonly binary?: string | null
  readonly start: Stored
  readonly steps: readonly { readonly gradient: Stored; readonly weight: Stored }[]
}

describeOnEveryBackend('an optimiser moves weights as PyTorch does', ({ operations }) => {
  it.each([...fixture<OptimizerCase[]>('optimizers.json'), ...fixture<OptimizerCase[]>('weight-updates.json')])(
    '$name, step after step',
    ({ settings, binary, start, steps }) => {
      const weight = layerVariable('layer.weight', Float32Array.from(start.values), start.shape, { binary: !!binary })
      const statistic = layerVariable('layer.running_mean', new Float32Array(2), [2], { trainable: false })
      const parsed = trainingSettingsSchema.parse(settings)
      const optimizer = createOptimizer(parsed, [weight, statistic], operations)
      for (const { gradient, weight: expected } of steps) {
        tf.tidy(() =>
          optimizer.apply(new Map([[weight, tensorOf(gradient)]]), { learningRate: parsed.learningRate, factor: 1 }),
        )
        expectClose(weight.variable, expected, 1e-6)
      }
      expect(optimizer.steps).toBe(steps.length)
      expect(optimizer.variables.some(({ name }) => name.includes('running'))).toBe(false)
      optimizer.dispose()
      weight.variable.dispose()
      statistic.variable.dispose()
    },
  )

  it('keeps vectors from decaying under AdamW', () => {
    const names = ['layer.weight', 'layer.bias'] as const
    const variables = names.map((name, index) => layerVariable(name, new Float32Array([3, 3]), index ? [2] : [1, 2]))
    const settings = trainingSettingsSchema.parse({ optimizer: { type: 'adamw', weightDecay: 0.5 } })
    const optimizer = createOptimizer(settings, variables, operations)
    const gradients = () => new Map(variables.map((weight) => [weight, tf.zerosLike(weight.variable)]))
    tf.tidy(() => optimizer.apply(gradients(), { learningRate: 0.1, factor: 1 }))
    const [weight, bias] = variables.map(({ variable }) => variable.dataSync()[0]!)
    expect(weight).toBeCloseTo(2.85, 6)
    expect(bias).toBe(3)
    optimizer.dispose()
    for (const { variable } of variables) variable.dispose()
  })

  it('lets the schedule scale the gamma of Bop, and never touches a weight but to flip it', () => {
    const weight = layerVariable('layer.weight', new Float32Array([0.3, -0.3, 0]), [3, 1], { binary: true })
    const settings = trainingSettingsSchema.parse({ optimizer: { type: 'bop', gamma: 0.5, threshold: 0.2 } })
    const optimizer = createOptimizer(settings, [weight], operations)
    expect([...weight.variable.dataSync()]).toEqual([1, -1, 1])
    const step = (factor: number) =>
      tf.tidy(() => optimizer.apply(new Map([[weight, tf.tensor2d([1, 1, -1], [3, 1])]]), { learningRate: 1, factor }))
    step(0.2)
    expect([...weight.variable.dataSync()]).toEqual([1, -1, 1])
    step(1)
    expect([...weight.variable.dataSync()]).toEqual([-1, -1, 1])
    optimizer.dispose()
    weight.variable.dispose()
  })
})
