import { expect, test } from 'vitest'
import { layerSchema } from '#shared/model/spec.ts'
import {
  changedLayers,
  extendTo,
  keepExisting,
  NOTHING_SELECTED,
  select,
  selectAll,
  toggle,
} from '../../../../renderer/editing/selection.ts'

const layers = ['a', 'b', 'c', 'd'].map((id) => layerSchema.parse({ id, type: 'Tanh' }))

test('a range goes from where it began to either side, in the order of the stack', () => {
  const down = extendTo(select('b'), 'd', layers)
  expect(down).toEqual({ ids: ['b', 'c', 'd'], anchor: 'b', active: 'd' })
  expect(extendTo(down, 'a', layers)).toEqual({ ids: ['a', 'b'], anchor: 'b', active: 'a' })
})

test('a range without a beginning is the layer itself', () => {
  expect(extendTo(NOTHING_SELECTED, 'c', layers)).toEqual(select('c'))
})

test('single layers are added and taken out', () => {
  const both = toggle(select('a'), 'c')
  expect(both).toMatchObject({ ids: ['a', 'c'], active: 'c' })
  expect(toggle(both, 'c')).toMatchObject({ ids: ['a'], active: 'a' })
  expect(toggle(select('a'), 'a')).toEqual(NOTHING_SELECTED)
})

test('what no longer exists is no longer selected', () => {
  expect(keepExisting(selectAll(['a', 'b', 'gone']), layers)).toEqual({ ids: ['a', 'b'], anchor: 'a', active: 'b' })
  const all = selectAll(['a', 'b'])
  expect(keepExisting(all, layers)).toBe(all)
})

test('an undo is looked at where it changed something', () => {
  const after = [layers[1]!, { ...layers[0]!, id: 'new' }, { ...layers[2]! }]
  expect(changedLayers(layers, after)).toEqual(['new', 'c'])
})
