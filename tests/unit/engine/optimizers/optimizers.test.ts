import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { layerVariable } from '#electron/engine/layers/layer.ts'
import { createOptimizer } from '#electron/engine/optimizers/optimizer.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { describeOnEveryBackend, expectClose, fixture, tensorOf, type Stored } from '../support.ts'

interface OptimizerCase {
  readonly name: string
  readonly settings: object
  readonly start: Stored
  readonly steps: readonly { readonly gradient: Stored; readonly weight: Stored }[]
}

describeOnEveryBackend('an optimiser moves weights as PyTorch does', ({ operations }) => {
  it.each(fixture<OptimizerCase[]>('optimizers.json'))('$name, over five steps', ({ settings, start, steps }) => {
    const weight = layerVariable('layer.weight', Float32Array.from(start.values), start.shape)
    const statistic = layerVariable('layer.running_mean', new Float32Array(2), [2], { trainable: false })
    const optimizer = createOptimizer(trainingSettingsSchema.parse(settings), [weight, statistic], operations)
    for (const { gradient, weight: expected } of steps) {
      tf.tidy(() => optimizer.apply(new Map([[weight, tensorOf(gradient)]])))
      expectClose(weight.variable, expected, 1e-6)
    }
    expect(optimizer.steps).toBe(5)
    expect(optimizer.variables.some(({ name }) => name.includes('running'))).toBe(false)
    optimizer.dispose()
    weight.variable.dispose()
    statistic.variable.dispose()
  })
})
