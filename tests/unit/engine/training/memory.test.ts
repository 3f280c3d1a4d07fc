import { describe, expect, it } from 'vitest'
import { requireMemory, trainingBytes } from '#electron/engine/training/memory.ts'
import { parseNetworkSpec, requireTrainable } from '#shared/model/parse.ts'

const analysis = requireTrainable(
  parseNetworkSpec({
    schema: 1,
    name: 'n',
    input: { height: 28, width: 28, channels: 1 },
    layers: [
      { id: 'conv', type: 'Conv2d', outChannels: 64, kernelSize: 5 },
      { id: 'flatten', type: 'Flatten' },
      { id: 'linear', type: 'Linear', outFeatures: 10 },
    ],
  }),
  10,
)

describe('the memory guard', () => {
  it('lets pass what fits', () => {
    expect(() => requireMemory(analysis, 100, trainingBytes(analysis, 100))).not.toThrow()
  })

  it('refuses what does not fit, naming the need, what is free, and the largest batch that fits', () => {
    const free = trainingBytes(analysis, 37)
    expect(() => requireMemory(analysis, 60_000, free)).toThrowError(
      expect.objectContaining({ code: 'out_of_memory', message: expect.stringMatching(/60000 .*at most 37\.$/) }),
    )
  })

  it('asks for a smaller network where not even one image fits', () => {
    expect(() => requireMemory(analysis, 1, 1000)).toThrowError(/smaller network/)
  })
})
