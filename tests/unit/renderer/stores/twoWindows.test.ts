import { flushPromises } from '@vue/test-utils'
import { createPinia, disposePinia, setActivePinia, type Pinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readBench } from '../../../../renderer/editing/archive.ts'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { useDraftKeeper } from '../../../../renderer/stores/draftKeeper.ts'
import { openStores } from '../../../../renderer/stores/open.ts'
import { useRecentNetworks } from '../../../../renderer/stores/recentNetworks.ts'
import { FakeLab } from '../fakeLab.ts'

const pages: Pinia[] = []
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  for (const page of pages.splice(0)) disposePinia(page)
  vi.useRealTimers()
})

async function openWindow(lab: FakeLab) {
  const page = createPinia()
  pages.push(page)
  setActivePinia(page)
  await openStores(lab)
  const keeper = useDraftKeeper()
  await keeper.start()
  return { keeper, draft: useDraftStore(), recent: useRecentNetworks() }
}

async function settle(): Promise<void> {
  await vi.runAllTimersAsync()
  await flushPromises()
}

async function openTwo() {
  const lab = new FakeLab()
  const first = await openWindow(lab)
  first.draft.open(lab.presets[1]!)
  await settle()
  return { lab, first, second: await openWindow(lab) }
}

type Window = Awaited<ReturnType<typeof openWindow>>
const draftOf = (lab: FakeLab) => readBench(lab.settings['build.draft'] as string).history.present
const layersOf = ({ draft }: Window) => draft.layers.map(({ id }) => id)
const recentLayers = ({ recent }: Window) =>
  recent.all.map(({ bench }) => readBench(bench).history.present.layers.length)

test('what one window does, the other has too, with every step and its own selection', async () => {
  const { first, second } = await openTwo()
  first.draft.select('conv2')
  second.draft.remove(['tanh3'])
  await settle()
  expect(layersOf(first)).toEqual(layersOf(second))
  expect(first.draft.undoLabel).toBe('remove Tanh')
  expect(first.draft.selectedId).toBe('conv2')
  first.draft.undo()
  await settle()
  expect(layersOf(second)).toContain('tanh3')
  expect([first.keeper.other, second.keeper.other]).toEqual([null, null])
  expect([first.keeper.state, second.keeper.state]).toEqual(['kept', 'kept'])
})

test('quick edits of one window are not taken for those of another', async () => {
  const { first, second } = await openTwo()
  for (const type of ['ReLU', 'Dropout', 'Tanh'] as const) {
    first.draft.add(type)
    await vi.advanceTimersByTimeAsync(450)
    first.draft.undo()
    await vi.advanceTimersByTimeAsync(450)
  }
  await settle()
  expect(first.keeper.other).toBeNull()
  expect(layersOf(second)).toEqual(layersOf(first))
})

test('where both were edited, neither is lost, and one is chosen', async () => {
  const { lab, first, second } = await openTwo()
  first.draft.add('ReLU')
  second.draft.remove(['tanh3', 'norm3'])
  await settle()
  const apart = [first, second].find(({ keeper }) => keeper.other)!
  const leading = apart === first ? second : first
  expect(apart.keeper.state).toBe('apart')
  expect(draftOf(lab)).toEqual(leading.draft.document)
  expect(recentLayers(apart)).toEqual([apart.draft.layers.length])
  apart.draft.add('Dropout')
  await settle()
  expect(draftOf(lab)).toEqual(leading.draft.document)
  expect(recentLayers(leading)).toEqual([apart.draft.layers.length])
  apart.keeper.takeOver()
  await settle()
  expect(apart.draft.document).toEqual(leading.draft.document)
  expect([first.keeper.other, second.keeper.other]).toEqual([null, null])
})

test('a window that keeps its own leaves the other’s among the recent networks, and the other is asked', async () => {
  const { lab, first, second } = await openTwo()
  second.draft.open(lab.presets[0]!)
  await settle()
  expect(first.draft.name).toBe('lenet-binary')
  expect(first.keeper.other?.history.present.name).toBe('lenet-full-precision')
  first.keeper.stay()
  await settle()
  expect(draftOf(lab).name).toBe('lenet-binary')
  expect(first.recent.all.map(({ name }) => name)).toContain('lenet-full-precision')
  expect(second.keeper.other?.history.present.name).toBe('lenet-binary')
})

test('what was done elsewhere while a window was cut off is not written over', async () => {
  const { lab, first, second } = await openTwo()
  lab.setState('offline')
  lab.settings['build.draft'] = String(lab.settings['build.draft']).replaceAll('"outChannels":64', '"outChannels":32')
  first.draft.add('ReLU')
  lab.setState('online')
  await settle()
  expect(draftOf(lab).layers[0]).toMatchObject({ outChannels: 32 })
  expect(first.keeper.other).not.toBeNull()
  expect(second.keeper.other).not.toBeNull()
})

test('a window that hears of another bench while it sends its own goes on saying that they are apart', async () => {
  let theirs: string | null = null
  const lab: FakeLab = new FakeLab({
    'settings.set': ({ key, value }) => {
      if (key === 'build.draft' && theirs) lab.emit('settings.changed', { key, value: theirs })
      lab.settings[key] = value
      return {}
    },
  })
  const { draft, keeper } = await openWindow(lab)
  draft.open(lab.presets[1]!)
  await settle()
  theirs = String(lab.settings['build.draft']).replaceAll('"outChannels":64', '"outChannels":32')
  draft.add('ReLU')
  await settle()
  expect(keeper.other).not.toBeNull()
  expect(keeper.state).toBe('apart')
})
