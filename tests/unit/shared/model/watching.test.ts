import { describe, expect, it } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import { layerSchema } from '#shared/model/spec.ts'

describe('watching', () => {
  it.each(LAYER_DEFINITIONS.map(({ type }) => type))('any %s can be watched', (type) => {
    const watched = { ...newLayer(type, []), watchWeights: true, watchActivations: false }
    expect(layerSchema.parse(watched)).toEqual(watched)
  })

  it('adds nothing to a layer that does not say', () => {
    expect(Object.keys(newLayer('Flatten', []))).toEqual(['id', 'type'])
  })

  it('is on or off', () => {
    expect(layerSchema.safeParse({ ...newLayer('Flatten', []), watchWeights: 'yes' }).success).toBe(false)
  })
})
