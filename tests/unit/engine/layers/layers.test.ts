import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { buildLayers } from '#electron/engine/layers/fuse.ts'
import { buildLayer } from '#electron/engine/layers/index.ts'
import type { Gradients, Layer, LayerTools } from '#electron/engine/layers/layer.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { layerSchema, type LayerSpec } from '#shared/model/spec.ts'
import type { ImageShape } from '#shared/model/definition.ts'
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

const cases = ['layers', 'more-layers', 'residual'].flatMap((name) => fixture<LayerCase[]>(`${name}.json`))

/** Variables of the layer itself, or of one in its block. */
const withoutLayer = (name: string) => name.replace(/^layer\./, '')

function shapeOf({ shape }: Stored): Shape {
  const [, height, width, channels] = shape as [number, number, number, number]
  return shape.length === 4 ? { kind: 'image', height, width, channels } : { kind: 'features', count: height }
}

/** A layer by itself, a block as part of a network that puts it together from what it holds. */
function buildAny(spec: LayerSpec, shape: Shape, tools: LayerTools): Layer {
  if (spec.type !== 'Residual') return buildLayer(spec, { shape, bits: 32 }, tools)
  const { height, width, channels } = shape as ImageShape
  const { layers } = analyseNetwork({ schema: 1, name: 'block', input: { height, width, channels }, layers: [spec] })
  return buildLayers(layers, tools)[0]!
}

describeOnEveryBackend('a layer computes what PyTorch computes', ({ operations }) => {
  function build({ layer: spec, variables, input }: LayerCase): Layer {
    const tools = { operations, random: seedStreams(1) }
    const layer = buildAny(layerSchema.parse(spec), shapeOf(input), tools)
    expect(layer.variables.map(({ name }) => withoutLayer(name))).toEqual(Object.keys(variables))
    for (const { name, variable } of layer.variables) {
      tf.tidy(() => variable.assign(tensorOf(variables[withoutLayer(name)]!)))
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
      const found = Object.fromEntries([...gradients].map(([{ name }, gradient]) => [withoutLayer(name), gradient]))
      expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected.gradients).toSorted())
      for (const [name, gradient] of Object.entries(expected.gradients)) expectClose(found[name]!, gradient)

      for (const { name, variable } of layer.variables) {
        expectClose(variable, expected.variablesAfter[withoutLayer(name)]!)
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
        expectClose(gradient, expected.gradients[withoutLayer(name)]!)
      }
    })
    for (const { variable } of layer.variables) variable.dispose()
  })
})
