import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { buildLayer } from '#electron/engine/layers/index.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { layerSchema } from '#shared/model/spec.ts'
import { describeOnEveryBackend } from '../support.ts'

describeOnEveryBackend('dropout', ({ operations }) => {
  function build(p: number) {
    const tools = { operations, random: seedStreams(4) }
    const spec = layerSchema.parse({ id: 'drop', type: 'Dropout', p })
    return buildLayer(spec, { shape: { kind: 'features', count: 1000 }, bits: 32 }, tools)
  }

  it('zeroes its share of the values in training and scales up the rest, gradient included', () => {
    tf.tidy(() => {
      const ones = tf.ones([2, 1000])
      const { output, backward } = build(0.25).train(ones)
      const values = [...output.dataSync()]
      const zeros = values.filter((value) => value === 0).length
      expect(zeros / values.length).toBeCloseTo(0.25, 1)
      expect(values.filter((value) => value !== 0).every((value) => value === Math.fround(1 / 0.75))).toBe(true)
      expect([...backward(ones, new Map(), true)!.dataSync()]).toEqual(values)
    })
  })

  it('drops other values in the next step', () => {
    tf.tidy(() => {
      const layer = build(0.5)
      const ones = tf.ones([1, 1000])
      expect([...layer.train(ones).output.dataSync()]).not.toEqual([...layer.train(ones).output.dataSync()])
    })
  })

  it('passes everything in evaluation, and in training when it drops nothing', () => {
    tf.tidy(() => {
      const input = tf.reshape(tf.range(0, 1000), [1, 1000])
      expect([...build(0.5).evaluate(input).dataSync()]).toEqual([...input.dataSync()])
      expect([...build(0).train(input).output.dataSync()]).toEqual([...input.dataSync()])
    })
  })
})
