import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '#electron/host/host.ts'
import type { Method } from '#shared/contract/methods.ts'
import { openLab } from '../../fixtures/lab.ts'
import { smallNetwork } from '../../fixtures/networks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  lab = openLab(folder.path)
})

afterEach(async () => {
  await lab.close()
  folder[Symbol.dispose]()
})

/** Asks as another process could: with anything. */
function ask(method: string, input: unknown): Promise<unknown> {
  return lab.request(method as Method, input as never)
}

describe('the router refuses', () => {
  it.each(['nope', '', 'toString', '__proto__', 'runs.start.x'])('the method %j', async (method) => {
    await expect(ask(method, {})).rejects.toMatchObject({ code: 'unknown_method' })
  })

  it.each([
    ['runs.get', undefined],
    ['runs.get', null],
    ['runs.get', { id: 7 }],
    ['runs.get', { id: '' }],
    ['runs.get', { id: 'x', extra: 1 }],
    ['runs.list', { status: 'fine' }],
    ['settings.set', { key: '', value: 1 }],
    ['networks.remove', { id: 'x'.repeat(121) }],
    ['datasets.labels', { dataset: 'x'.repeat(65), split: 'test' }],
    ['digits.predict', { runs: [], pixels: new Uint8Array(784) }],
    ['digits.predict', { runs: ['a'], pixels: Array(784).fill(0) }],
  ])('%s with %j', async (method, input) => {
    await expect(ask(method, input)).rejects.toMatchObject({ code: 'invalid_request' })
  })
})

describe('a training is refused before anything is started', () => {
  const spec = smallNetwork()
  const withLayer = (layer: object) => ({
    ...spec,
    layers: [spec.layers[0], { id: 'linear', type: 'Linear', outFeatures: 10, ...layer }],
  })

  it.each([
    [
      'a zero learning rate',
      spec,
      { learningRate: 0 },
      'invalid_settings',
      'settings.learningRate',
      'must be greater than 0 (it is 0)',
    ],
    [
      'a NaN learning rate',
      spec,
      { learningRate: NaN },
      'invalid_settings',
      'settings.learningRate',
      'must be a number (it is NaN)',
    ],
    [
      'half an epoch',
      spec,
      { epochs: 1.5 },
      'invalid_settings',
      'settings.epochs',
      'must be a whole number (it is 1.5)',
    ],
    ['a negative seed', spec, { seed: -1 }, 'invalid_settings', 'settings.seed', 'must be at least 0 (it is -1)'],
    [
      'an unknown optimiser',
      spec,
      { optimizer: 'lion' },
      'invalid_settings',
      'settings.optimizer.type',
      'must be "adam", "adamw", "sgd" or "bop" (it is "lion")',
    ],
    ['an unknown setting', spec, { momentum: 1 }, 'invalid_settings', 'settings', 'unknown field "momentum"'],
    [
      'a batch larger than the limit',
      spec,
      { limit: 50 },
      'invalid_settings',
      'settings.batchSize',
      'larger than the 50 images',
    ],
    [
      'a limit larger than the data',
      spec,
      { limit: 60_001 },
      'invalid_settings',
      'settings.limit',
      'more than the 60000',
    ],
    ['an unknown dataset', spec, { dataset: 'cifar' }, 'unknown_dataset', 'settings.dataset', 'Choose "mnist"'],
    [
      'an unknown layer',
      { ...spec, layers: [{ id: 'a', type: 'Swish' }] },
      {},
      'invalid_spec',
      'spec.layers.0.type',
      'Swish',
    ],
    [
      'a layer without a size',
      withLayer({ outFeatures: 0 }),
      {},
      'invalid_spec',
      'spec.layers.1.outFeatures',
      'at least 1 (it is 0)',
    ],
    ['a wrong number of classes', withLayer({ outFeatures: 3 }), {}, 'invalid_shape', undefined, 'Set the last layer'],
    [
      'another image size',
      { ...spec, input: { height: 32, width: 32, channels: 3 } },
      {},
      'invalid_shape',
      'spec.input',
      '28×28×1',
    ],
  ])('%s', async (_name, network, settings, code, field, message) => {
    await expect(ask('runs.start', { spec: network, settings })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
      ...(field && { place: { field } }),
    })
    expect(await lab.request('runs.list', {})).toEqual([])
  })
})

describe('a lab that another process owns', () => {
  it('can be read, and is not changed', async () => {
    const reader = openLab(folder.path, { access: 'read' })
    await lab.request('settings.set', { key: 'theme', value: 'dark' })
    expect(await reader.request('settings.get', {})).toEqual({ theme: 'dark' })
    await expect(reader.request('settings.set', { key: 'theme', value: 'light' })).rejects.toMatchObject({
      code: 'data_folder_busy',
    })
    await expect(reader.request('runs.start', { spec: smallNetwork(), settings: {} })).rejects.toMatchObject({
      code: 'data_folder_busy',
    })
    await reader.close()
    expect(await lab.request('settings.get', {})).toEqual({ theme: 'dark' })
  })

  it('cannot be opened for writing', () => {
    expect(() => openLab(folder.path)).toThrowError(expect.objectContaining({ code: 'data_folder_busy' }))
  })
})
