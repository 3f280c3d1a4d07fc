import { expect, test } from 'vitest'
import { setParameter } from '../../../../renderer/editing/layers.ts'
import { fileNameOf, readNetworkFile, writeNetworkFile } from '../../../../renderer/editing/files.ts'
import { FakeLab } from '../fakeLab.ts'

const { spec, settings } = new FakeLab().presets[1]!

test('an exported network is imported as it was', () => {
  expect(readNetworkFile(writeNetworkFile(spec), 'a.json').spec).toEqual(spec)
})

test('a document with settings, as the presets are, brings them along', () => {
  expect(readNetworkFile(JSON.stringify({ spec, settings }), 'a.json')).toEqual({ spec, settings })
})

test.each([
  ['{', '"a.json" is not JSON. Choose a network that was exported from Build.'],
  ['{"schema":1}', /^"a\.json": "name"/],
  [JSON.stringify({ ...spec, schema: 2 }), /^"a\.json" was saved by a newer version/],
  [JSON.stringify({ spec, settings: { epochs: 0 } }), /^"a\.json": "epochs"/],
])('%s is refused in one sentence', (text, sentence) => {
  expect(() => readNetworkFile(text, 'a.json')).toThrow(sentence)
})

test('a network with a value that no file may have is not exported', () => {
  const layers = [...setParameter(spec.layers, 'conv2', 'kernelSize', NaN)]
  expect(() => writeNetworkFile({ ...spec, layers })).toThrow(/kernelSize/)
})

test('a file is called as its network, without what file systems refuse', () => {
  expect(fileNameOf('my net/2: größer', 'json')).toBe('my-net-2-größer.json')
  expect(fileNameOf(' ', 'py')).toBe('network.py')
})
