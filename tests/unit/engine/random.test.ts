import { describe, expect, it } from 'vitest'
import { RandomStream, seedStreams } from '#electron/engine/random.ts'

const draw = (stream: RandomStream, count: number) => Array.from({ length: count }, () => stream.uniform())

describe('random streams', () => {
  it('give the same numbers for the same seed and others for another', () => {
    expect(draw(seedStreams(7).weights, 5)).toEqual(draw(seedStreams(7).weights, 5))
    expect(draw(seedStreams(7).weights, 5)).not.toEqual(draw(seedStreams(8).weights, 5))
  })

  it('do not depend on how much another stream has been used', () => {
    const used = seedStreams(7)
    draw(used.weights, 1000)
    expect(used.order.permutation(20)).toEqual(seedStreams(7).order.permutation(20))
  })

  it('give different numbers from stream to stream', () => {
    const { weights, order, dropout } = seedStreams(0)
    const first = [weights, order, dropout].map((stream) => stream.uniform())
    expect(new Set(first).size).toBe(3)
  })

  it('go on from a saved state', () => {
    const stream = seedStreams(3).dropout
    draw(stream, 11)
    const state = structuredClone(stream.state())
    const expected = draw(stream, 4)
    expect(draw(new RandomStream(state), 4)).toEqual(expected)
    stream.restore(state)
    expect(draw(stream, 4)).toEqual(expected)
  })

  it('are uniform in [0, 1) and normal with mean 0 and variance 1', () => {
    const stream = seedStreams(1).weights
    const uniform = draw(stream, 200_000)
    expect(uniform.reduce((a, b) => Math.min(a, b))).toBeGreaterThanOrEqual(0)
    expect(uniform.reduce((a, b) => Math.max(a, b))).toBeLessThan(1)
    expect(uniform.reduce((sum, value) => sum + value) / uniform.length).toBeCloseTo(0.5, 2)
    const normal = Array.from({ length: 200_000 }, () => stream.normal())
    expect(normal.reduce((sum, value) => sum + value) / normal.length).toBeCloseTo(0, 1)
    expect(normal.reduce((sum, value) => sum + value ** 2) / normal.length).toBeCloseTo(1, 1)
  })

  it('permute every number once', () => {
    const order = seedStreams(1).order.permutation(1000)
    expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index))
    expect([...order]).not.toEqual([...order].toSorted((a, b) => a - b))
  })
})
