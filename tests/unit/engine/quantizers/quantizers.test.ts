import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { buildLayer } from '#electron/engine/layers/index.ts'
import type { Gradients } from '#electron/engine/layers/layer.ts'
import { buildQuantizer } from '#electron/engine/quantizers/index.ts'
import { seedStreams } from '#electron/engine/random.ts'
import type { QuantizerValue } from '#shared/model/quantizers/index.ts'
import type { Shape } from '#shared/model/signal.ts'
import { layerSchema } from '#shared/model/spec.ts'
import { describeOnEveryBackend, expectClose, tensorOf, type Stored } from '../support.ts'

interface ValueCase {
  readonly quantizer: QuantizerValue
  readonly progress: number | null
  readonly input: Stored
  readonly upstream: Stored
  readonly output: Stored
  readonly gradient: Stored
}

interface LayerCase extends Omit<ValueCase, 'quantizer' | 'gradient'> {
  readonly name: string
  readonly layer: unknown
  readonly progress: number
  readonly variables: Readonly<Record<string, Stored>>
  readonly inputGradient: Stored
  readonly gradients: Readonly<Record<string, Stored>>
  readonly evaluated: Stored
}

const fixture = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/quantizers/${name}`, import.meta.url), 'utf8')) as T
const values = fixture<ValueCase[]>('values.json')
const layers = fixture<LayerCase[]>('layers.json')

function shapeOf({ shape }: Stored): Shape {
  const [, height, width, channels] = shape as [number, number, number, number]
  return shape.length === 4 ? { kind: 'image', height, width, channels } : { kind: 'features', count: height }
}

describeOnEveryBackend('a quantizer computes what PyTorch computes', ({ operations }) => {
  it.each(values)('$quantizer at $progress', ({ quantizer, progress, input, upstream, output, gradient }) => {
    tf.tidy(() => {
      const pass = buildQuantizer(quantizer)(tensorOf(input), progress)
      expectClose(pass.output, output, 1e-6)
      expectClose(pass.gradient(tensorOf(upstream)), gradient, 1e-6)
    })
  })

  it.each(values)('$quantizer keeps its distance from infinities', ({ quantizer, progress }) => {
    tf.tidy(() => {
      const pass = buildQuantizer(quantizer)(tf.tensor2d([[3e38], [-3e38]]), progress)
      expect([...pass.gradient(tf.ones([2, 1])).dataSync()].some(Number.isNaN)).toBe(false)
    })
  })

  it('nothing but zeros stay numbers', () => {
    const zeros = tf.tidy(() => [...buildQuantizer('weightdorefa')(tf.zeros([4]), 0).output.dataSync()])
    expect(zeros).toEqual([-1, -1, -1, -1])
  })

  it.each(layers)('in a layer: $name', (expected) => {
    const progress = { share: expected.progress }
    const tools = { operations, random: seedStreams(1), progress }
    const layer = buildLayer(layerSchema.parse(expected.layer), { shape: shapeOf(expected.input), bits: 32 }, tools)
    for (const { name, variable } of layer.variables) {
      tf.tidy(() => variable.assign(tensorOf(expected.variables[name.replace('layer.', '')]!)))
    }
    tf.tidy(() => {
      const gradients: Gradients = new Map()
      const { output, backward } = layer.train(tensorOf(expected.input))
      expectClose(output, expected.output)
      expectClose(backward(tensorOf(expected.upstream), gradients, true)!, expected.inputGradient)
      for (const [{ name }, gradient] of gradients)
        expectClose(gradient, expected.gradients[name.replace('layer.', '')]!)
      expect(gradients.size).toBe(Object.keys(expected.gradients).length)
      expectClose(layer.evaluate(tensorOf(expected.input)), expected.evaluated)
    })
    for (const { variable } of layer.variables) variable.dispose()
  })
})
