import { fc, test } from '@fast-check/vitest'
import { beforeAll, describe, expect } from 'vitest'
import { describeKernels, loadKernels } from '#electron/native/index.ts'
import { denseGeometry, type InstructionSet, type Kernels } from '#electron/native/kernels.ts'
import {
  binaryConvolution,
  filterSize,
  outputSize,
  type ConvolutionGeometry,
  type PaddingValue,
} from '#shared/bits/convolution.ts'
import { wordsFor } from '#shared/bits/layout.ts'
import { packSigns, transposeBits } from '#shared/bits/pack.ts'

const kernels = loadKernels() as Kernels
const description = describeKernels()
const instructionSets = description.kind === 'native' ? description.available : []

const noise = (count: number, seed: number) =>
  Float32Array.from({ length: count }, (_, index) => Math.sin(12.9898 * (index + 1) * seed) * 2)

const geometries = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    inChannels: fc.integer({ min: 1, max: 70 }),
    outChannels: fc.integer({ min: 1, max: 20 }),
    kernelHeight: fc.integer({ min: 1, max: 3 }),
    kernelWidth: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padding: fc.integer({ min: 0, max: 2 }),
    extra: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ extra, ...geometry }): ConvolutionGeometry => {
    const reach = (kernel: number) => geometry.dilation * (kernel - 1) + 1 + extra
    return { ...geometry, height: reach(geometry.kernelHeight), width: reach(geometry.kernelWidth) }
  })

describe.skipIf(description.kind === 'reference')('the compiled kernels', () => {
  describe.each(instructionSets)('on %s', (instructionSet: InstructionSet) => {
    beforeAll(() => kernels.useInstructionSet(instructionSet))

    test.prop([fc.array(fc.float({ noNaN: false }), { minLength: 1, maxLength: 300 })])(
      'pack as the reference packs',
      (row) => {
        const values = Float32Array.from(row)
        const halves = new Uint32Array(wordsFor(row.length) * 2)
        kernels.packSigns(row.length, values, halves)
        expect(halves).toEqual(packSigns(values, 1, row.length).halves)
      },
    )

    test.prop([geometries, fc.constantFrom<PaddingValue>(-1, 0, 1)], { numRuns: 25 })(
      'convolve signs to the same whole numbers',
      (geometry, paddingValue) => {
        const { height, width } = outputSize(geometry)
        const pixels = geometry.batch * geometry.height * geometry.width
        const size = filterSize(geometry)
        const x = noise(pixels * geometry.inChannels, 1.7)
        const weights = noise(size * geometry.outChannels, 2.3)
        const y = new Float32Array(geometry.batch * height * width * geometry.outChannels)
        kernels.binaryConvolution(geometry, paddingValue, x, weights, null, y)
        const filters = transposeBits(packSigns(weights, size, geometry.outChannels))
        const image = packSigns(x, pixels, geometry.inChannels)
        expect(y).toEqual(binaryConvolution(geometry, paddingValue, image, filters))
      },
    )
  })

  test('take views that start anywhere in their buffer', () => {
    const geometry = denseGeometry(2, 65, 3)
    const at = (count: number, seed: number) => {
      const view = new Float32Array(new ArrayBuffer(4 * count + 4), 4)
      view.set(noise(count, seed))
      return view
    }
    const [x, weights] = [at(130, 1.1), at(195, 1.3)]
    const [shifted, plain] = [at(6, 1), new Float32Array(6)]
    kernels.binaryConvolution(geometry, -1, x, weights, null, shifted)
    kernels.binaryConvolution(geometry, -1, x.slice(), weights.slice(), null, plain)
    expect([...shifted]).toEqual([...plain])
  })

  describe('refuse', () => {
    const geometry = denseGeometry(2, 4, 3)
    const call = (change: Partial<Record<'geometry' | 'padding' | 'x' | 'weights' | 'bias' | 'y', unknown>>) => () => {
      const given = {
        geometry,
        padding: -1,
        x: new Float32Array(8),
        weights: new Float32Array(12),
        bias: null,
        y: new Float32Array(6),
        ...change,
      }
      const run = kernels.binaryConvolution as (...values: unknown[]) => void
      run(given.geometry, given.padding, given.x, given.weights, given.bias, given.y)
    }

    test('a wrong type, naming the argument', () => {
      expect(call({ x: new Float64Array(8) })).toThrow('x must be a Float32Array.')
      expect(call({ weights: undefined })).toThrow('weights must be a Float32Array.')
      expect(call({ geometry: 3 })).toThrow('geometry must be an object.')
      expect(call({ padding: '0' })).toThrow('paddingValue must be a number.')
    })

    test('a length that the shapes do not give', () => {
      expect(call({ y: new Float32Array(7) })).toThrow('y has 7 values, but the shapes need 6.')
      expect(call({ bias: new Float32Array(2) })).toThrow('bias has 2 values, but the shapes need 3.')
    })

    test('impossible geometry', () => {
      expect(call({ geometry: { ...geometry, stride: 0 } })).toThrow('geometry.stride must be a whole number')
      expect(call({ geometry: { ...geometry, batch: 1.5 } })).toThrow('geometry.batch must be a whole number')
      expect(call({ geometry: { ...geometry, kernelHeight: 2 } })).toThrow('larger than the padded image')
      expect(call({ padding: 2 })).toThrow('paddingValue must be -1, 0 or 1.')
    })

    test('an output that shares memory with an input', () => {
      const memory = new ArrayBuffer(64)
      const x = new Float32Array(memory, 0, 8)
      expect(call({ x, y: new Float32Array(memory, 28, 6) })).toThrow('y shares memory with x.')
      expect(call({ x, y: new Float32Array(memory, 32, 6) })).not.toThrow()
    })

    test('a detached buffer', () => {
      const x = new Float32Array(8)
      structuredClone(x.buffer, { transfer: [x.buffer] })
      expect(call({ x })).toThrow('x lies in a buffer that has been detached.')
    })

    test('labels that are no classes', () => {
      const run = () =>
        kernels.crossEntropy(1, 2, new Float32Array(2), Int32Array.of(2), new Float32Array(1), new Float32Array(2))
      expect(run).toThrow('labels[0] is 2, which is no class.')
    })
  })
})
