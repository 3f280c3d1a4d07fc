import { expect, test } from 'vitest'
import { formatLayers, parseLayers } from '../../../../renderer/editing/clipboard.ts'
import { FakeLab } from '../fakeLab.ts'

const { spec } = new FakeLab().presets[1]!

test('copied layers come back as they were', () => {
  expect(parseLayers(formatLayers(spec.layers))).toEqual(spec.layers)
})

test('a list of layers and a whole network can be pasted too, with defaults filled in', () => {
  expect(parseLayers('[{"id":"a","type":"Dropout"}]')).toEqual([{ id: 'a', type: 'Dropout', p: 0.5 }])
  expect(parseLayers(JSON.stringify(spec))).toEqual(spec.layers)
})

test.each([
  ['hello', /holds no layers/],
  ['[]', /What was copied: "layers" must not be empty/],
  ['{"layers":[{"id":"a","type":"Dropout","p":2}]}', /"layers\.0\.p".*it is 2/],
  ['[{"id":"a","type":"Residual","layers":[{"id":"b","type":"Conv3d"}]}]', /The lab has no layer “Conv3d”\./],
  ['42', /What was copied/],
])('%s is refused in one sentence', (text, sentence) => {
  expect(() => parseLayers(text)).toThrow(sentence)
})
