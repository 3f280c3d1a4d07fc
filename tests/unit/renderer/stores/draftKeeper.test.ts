import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SignumError } from '#shared/contract/errors.ts'
import { readBench } from '../../../../renderer/editing/archive.ts'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { useDraftKeeper } from '../../../../renderer/stores/draftKeeper.ts'
import { useRecentNetworks } from '../../../../renderer/stores/recentNetworks.ts'
import { FakeLab } from '../fakeLab.ts'
import { openPage } from '../mount.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A new page on the same lab, as after a restart. */
async function openBench(lab: FakeLab) {
  await openPage(lab)
  const keeper = useDraftKeeper()
  const draft = useDraftStore()
  await keeper.start()
  return { keeper, draft, recent: useRecentNetworks() }
}

async function settle(): Promise<void> {
  await vi.runAllTimersAsync()
  await flushPromises()
}

test('what is on the bench is there after a restart, with every step', async () => {
  const lab = new FakeLab()
  const { draft, keeper } = await openBench(lab)
  draft.open(lab.presets[1]!)
  draft.remove(['tanh3'])
  draft.add('ReLU')
  await settle()
  expect(keeper.state).toBe('kept')
  const again = await openBench(lab)
  expect(again.draft.document).toEqual(draft.document)
  expect(again.draft.origin?.id).toBe('lenet-binary')
  expect(again.draft.undoLabel).toBe('add ReLU')
  again.draft.undo()
  again.draft.undo()
  expect(again.draft.isChanged).toBe(false)
})

test('a burst of edits is written once', async () => {
  const lab = new FakeLab()
  const { draft } = await openBench(lab)
  draft.open(lab.presets[1]!)
  await settle()
  const before = lab.requests.length
  for (const name of ['a', 'ab', 'abc']) draft.name = name
  await settle()
  expect(lab.requests.slice(before).filter(({ method }) => method === 'settings.set')).toHaveLength(1)
})

test('what was on the bench before is a recent network, as it was left', async () => {
  const lab = new FakeLab()
  const { draft, recent } = await openBench(lab)
  draft.open(lab.presets[1]!)
  draft.add('Dropout')
  const left = draft.document
  draft.open(lab.presets[0]!)
  await settle()
  const again = await openBench(lab)
  expect(again.recent.all.map(({ name }) => name)).toEqual(['lenet-binary'])
  expect(readBench(again.recent.all[0]!.bench).history.present).toEqual(left)
  expect(recent.all).toHaveLength(1)
})

test('a network that is opened again as it is was not left', async () => {
  const lab = new FakeLab()
  const { draft, recent } = await openBench(lab)
  draft.open(lab.presets[1]!)
  draft.open(lab.presets[1]!)
  expect(recent.all).toEqual([])
  draft.add('Dropout')
  draft.open(lab.presets[1]!)
  expect(recent.all).toHaveLength(1)
})

test('a network put on the bench before the kept one was read does not push it out', async () => {
  const lab = new FakeLab()
  const { draft } = await openBench(lab)
  draft.open(lab.presets[1]!)
  draft.add('Dropout')
  await settle()
  await openPage(lab)
  useDraftStore().openSpec(lab.presets[0]!.spec, lab.presets[0]!.settings)
  await useDraftKeeper().start()
  expect(useDraftStore().name).toBe('lenet-full-precision')
  expect(useRecentNetworks().all.map(({ name }) => name)).toEqual(['lenet-binary'])
})

test('nothing is written until what was kept could be read', async () => {
  let isAway = true
  const lab = new FakeLab({
    'settings.get': () => {
      if (isAway) throw new SignumError('disconnected', 'The lab cannot be reached.')
      return {}
    },
  })
  const { draft, keeper } = await openBench(lab)
  draft.open(lab.presets[1]!)
  await settle()
  expect(lab.settings).toEqual({})
  isAway = false
  lab.setState('offline')
  lab.setState('online')
  await settle()
  expect(Object.keys(lab.settings)).toContain('build.draft')
  expect(keeper.state).toBe('kept')
})

test('a draft that cannot be read is said to be so, and the bench stays empty', async () => {
  const lab = new FakeLab()
  lab.settings['build.draft'] = '{"version":99}'
  const { draft, keeper } = await openBench(lab)
  expect(keeper.ready).toBe(true)
  expect(draft.layers).toEqual([])
})
