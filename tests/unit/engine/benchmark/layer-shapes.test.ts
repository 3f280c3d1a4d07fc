import { expect, test } from 'vitest'
import { LAYER_SHAPES, macsOf } from '#electron/engine/benchmark/layer-shapes.ts'

const macsByName = Object.fromEntries(
  LAYER_SHAPES.map(({ name, geometry }) => [`${name}, batch ${geometry.batch}`, macsOf(geometry)]),
)

test('the multiply-adds of a layer are positions times weights', () => {
  expect(macsByName).toEqual({
    'LeNet conv2 5×5, 64→64 at 12², batch 100': 100 * 8 * 8 * 64 * 25 * 64,
    'LeNet conv2 5×5, 64→64 at 12², batch 1': 8 * 8 * 64 * 25 * 64,
    'LeNet dense 1024→1000, batch 100': 100 * 1024 * 1000,
    'LeNet dense 1024→1000, batch 1': 1024 * 1000,
    // Padded to the same size: 115,605,504 each, as every stage of ResNet-18.
    'ResNet 3×3, 64→64 at 56², batch 1': 115_605_504,
    'ResNet 3×3, 128→128 at 28², batch 1': 115_605_504,
    'ResNet 3×3, 256→256 at 14², batch 1': 115_605_504,
    'ResNet 3×3, 512→512 at 7², batch 1': 115_605_504,
  })
})
