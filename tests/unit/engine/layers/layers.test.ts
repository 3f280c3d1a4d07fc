import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { buildLayer } from '#electron/engine/layers/index.ts'
import type { Gradients, Layer } from '#electron/engine/layers/layer.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { layerSchema } from '#shared/model/spec.ts'
import type { Shape } from '#shared/model/signal.ts'
import { describeOnEveryBackend, expectClose, fixture, tensorOf, type Stored } from '../support.ts'

interface LayerCase {
  readonly name: string
  readonly layer: unknown
  readonly variables: Record<string, Stored>
  readonly input: Stored
  readonly output: Stored
  readonly upstream: Stored
  readonly inputGradient: Stored
  readonly gradients: Record<string, Stored>
  readonly variablesAfter: Record<string, Stored>
  readonly evaluated: Stored
}

const cases = [...fixture<LayerCase[]>('layers.json'), ...fixture<LayerCase[]>('more-layers.json')]

function shapeOf({ shape }: Stored): Shape {
  const [, height, width, channels] = shape as [number, number, number, number]
  return shape.length === 4 ? { kind: 'image', height, width, channels } : { kind: 'features', count: height }
}

describeOnEveryBackend('a layer computes what PyTorch computes', ({ operations }) => {
  function build({ layer: spec, variables, input }: LayerCase): Layer {
    const tools = { operations, random: seedStreams(1) }
    const layer = buildLayer(layerSchema.parse(spec), { shape: shapeOf(input), bits: 32 }, tools)
    expect(layer.variables.map(({ name }) => name)).toEqual(Object.keys(variables).map((name) => `layer.${name}`))
    for (const { name, variable } of layer.variables) {
      tf.tidy(() => variable.assign(tensorOf(variables[name.replace('layer.', '')]!)))
    }
    return layer
  }

  it.each(cases)('$name', (expected) => {
    const layer = build(expected)
    tf.tidy(() => {
      const gradients: Gradients = new Map()
      const { output, backward } = layer.train(tensorOf(expected.input))
      expectClose(output, expected.output)

      const inputGradient = backward(tensorOf(expected.upstream), gradients, true)
      expectClose(inputGradient!, expected.inputGradient)
      const found = Object.fromEntries([...gradients].map(([{ name }, gradient]) => [name, gradient]))
      expect(Object.keys(found)).toEqual(Object.keys(expected.gradients).map((name) => `layer.${name}`))
      for (const [name, gradient] of Object.entries(expected.gradients)) expectClose(found[`layer.${name}`]!, gradient)

      for (const { name, variable } of layer.variables) {
        expectClose(variable, expected.variablesAfter[name.replace('layer.', '')]!)
      }
      expectClose(layer.evaluate(tensorOf(expected.input)), expected.evaluated)
    })
    for (const { variable } of layer.variables) variable.dispose()
  })

  it.each(cases)('$name: gives no input gradient that nobody wants', (expected) => {
    const layer = build(expected)
    tf.tidy(() => {
      const gradients: Gradients = new Map()
      const { backward } = layer.train(tensorOf(expected.input))
      expect(backward(tensorOf(expected.upstream), gradients, false)).toBeNull()
      for (const [{ name }, gradient] of gradients) {
        expectClose(gradient, expected.gradients[name.replace('layer.', '')]!)
      }
    })
    for (const { variable } of layer.variables) variable.dispose()
  })
})
