import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Host } from '#electron/host/host.ts'
import { networkSchema } from '#shared/contract/methods.ts'
import { checkTraining } from '#shared/model/training-check.ts'
import { nextEvent, openLab } from '../../fixtures/lab.ts'
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

it('has the notebook’s presets first and in its order, each of all whole and trainable', async () => {
  const networks = await lab.request('networks.list', {})
  const ids = networks.map(({ id }) => id)
  expect(ids.slice(0, 3)).toEqual(['lenet-full-precision', 'lenet-binary', 'lenet-twin'])
  for (const network of networks) {
    expect(networkSchema.parse(network)).toEqual(network)
    expect(network.spec.name).toBe(network.id)
    expect(() => checkTraining(network.spec, network.settings)).not.toThrow()
  }
})

it('saves a network, replaces it and removes it, and tells the windows', async () => {
  const changed = nextEvent(lab, 'networks.changed')
  const saved = await lab.request('networks.save', { spec: smallNetwork('mine'), settings: { epochs: 4 } })
  await changed
  const again = await lab.request('networks.save', { spec: smallNetwork('mine'), settings: { epochs: 5 } })
  expect(again.id).toBe(saved.id)
  const list = await lab.request('networks.list', {})
  expect(list.at(-1)).toMatchObject({ id: saved.id, source: 'saved', title: 'mine', settings: { epochs: 5 } })
  await lab.request('networks.remove', { id: saved.id })
  await expect(lab.request('networks.remove', { id: saved.id })).rejects.toMatchObject({ code: 'network_not_found' })
})

it('leaves the presets alone', async () => {
  const spec = smallNetwork('lenet-binary')
  await expect(lab.request('networks.save', { spec, settings: {} })).rejects.toMatchObject({
    code: 'invalid_spec',
    place: { field: 'spec.name' },
  })
  await expect(lab.request('networks.remove', { id: 'lenet-binary' })).rejects.toMatchObject({ code: 'not_supported' })
})
