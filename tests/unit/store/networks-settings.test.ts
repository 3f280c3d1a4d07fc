import { expect, it } from 'vitest'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { smallNetwork } from '../../fixtures/networks.ts'
import { temporaryStore } from '../../fixtures/store.ts'

const settings = trainingSettingsSchema.parse({})

it('saves a network under its name and replaces it under the same id', () => {
  using lab = temporaryStore()
  const first = lab.store.networks.save({ id: 'one', spec: smallNetwork('mine'), settings }, '2026-01-01')
  lab.store.networks.save({ id: 'two', spec: smallNetwork('other'), settings }, '2026-01-02')
  const changed = { ...settings, epochs: 99 }
  const again = lab.store.networks.save({ id: 'three', spec: smallNetwork('mine'), settings: changed }, '2026-01-03')
  expect([first.id, again.id]).toEqual(['one', 'one'])
  expect(lab.reopen().networks.list()).toEqual([
    { id: 'one', spec: smallNetwork('mine'), settings: changed },
    { id: 'two', spec: smallNetwork('other'), settings },
  ])
  expect(lab.store.networks.delete('one')).toBe(true)
  expect(lab.store.networks.delete('one')).toBe(false)
})

it('keeps any JSON under a key', () => {
  using lab = temporaryStore()
  lab.store.settings.set('theme', 'dark')
  lab.store.settings.set('theme', 'light')
  lab.store.settings.set('window', { size: [1, 2.5], open: null })
  expect(lab.reopen().settings.all()).toEqual({ theme: 'light', window: { size: [1, 2.5], open: null } })
})
