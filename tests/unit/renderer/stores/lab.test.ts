import { expect, test } from 'vitest'
import { SignumError } from '#shared/contract/errors.ts'
import type { LabInfo } from '#shared/contract/methods.ts'
import { useLabStore } from '../../../../renderer/stores/lab.ts'
import { useNetworksStore } from '../../../../renderer/stores/networks.ts'
import { useSettingsStore } from '../../../../renderer/stores/settings.ts'
import { useToastsStore } from '../../../../renderer/stores/toasts.ts'
import { FakeLab } from '../fakeLab.ts'
import { openPage } from '../mount.ts'

test('after a lost connection everything shown is asked for again', async () => {
  const { lab } = await openPage()
  const before = lab.requests.length
  lab.setState('offline')
  expect(useLabStore().connectionState).toBe('offline')
  lab.networks.pop()
  lab.setState('online')
  await expect.poll(() => useNetworksStore().all.length).toBe(2)
  expect(lab.requests.slice(before).map(({ method }) => method)).toEqual(
    expect.arrayContaining(['lab.info', 'settings.get', 'networks.list', 'datasets.list', 'runs.list']),
  )
})

test('what the lab says of itself is asked for again when it has changed', async () => {
  let backend: string | null = null
  const info: LabInfo = await new FakeLab().request('lab.info', {})
  const { lab } = await openPage(new FakeLab({ 'lab.info': () => ({ ...info, backend }) }))
  expect(useLabStore().info?.backend).toBeNull()
  backend = 'TensorFlow 2.21.0'
  lab.emit('lab.changed', {})
  await expect.poll(() => useLabStore().info?.backend).toBe(backend)
})

test('a lab that cannot answer is a sentence, not a crash', async () => {
  const fail = () => {
    throw new SignumError('internal', 'The database is locked.')
  }
  await openPage(new FakeLab({ 'lab.info': fail, 'networks.list': fail }))
  expect(useLabStore().problem).toBe('The database is locked.')
  expect(useNetworksStore().problem).toBe('The database is locked.')
})

test('a setting takes effect at once, and says so when it could not be kept', async () => {
  const refuse = () => {
    throw new SignumError('data_folder_unwritable', 'The data folder cannot be written.')
  }
  await openPage(new FakeLab({ 'settings.set': refuse }))
  await useSettingsStore().set('theme', 'dark')
  expect(useSettingsStore().theme).toBe('dark')
  expect(useToastsStore().shown.at(-1)?.message).toContain('The data folder cannot be written.')
})

test('a setting changed in another window arrives here', async () => {
  const { lab } = await openPage()
  lab.emit('settings.changed', { key: 'theme', value: 'light' })
  expect(useSettingsStore().theme).toBe('light')
})
