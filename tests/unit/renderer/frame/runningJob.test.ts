import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import type { Progress } from '#shared/contract/runs.ts'
import StatusBar from '../../../../renderer/features/frame/StatusBar.vue'
import { useCommandsStore } from '../../../../renderer/stores/commands.ts'
import { useRoomStore } from '../../../../renderer/stores/room.ts'
import { aRun, FakeLab } from '../fakeLab.ts'
import { mountOnPage } from '../mount.ts'

let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())

const PROGRESS: Progress = {
  phase: 'training',
  epoch: 2,
  epochs: 10,
  step: 700,
  totalSteps: 6000,
  loss: 0.1,
  accuracy: 0.97,
  imagesPerSecond: 900,
  elapsedSeconds: 80,
  remainingSeconds: 125,
}

async function open(lab = new FakeLab()) {
  ;({ wrapper } = await mountOnPage(StatusBar, { lab }))
  await flushPromises()
  return { lab, bar: wrapper }
}

function run(lab: FakeLab, changes: Parameters<typeof aRun>[2] = {}) {
  const { spec, settings } = lab.presets[1]!
  return aRun(spec, settings, changes)
}

test('without a run the bar says so, with backend, kernels, threads and data folder', async () => {
  const { bar } = await open()
  expect(bar.text()).toContain('No run at work')
  expect(bar.text()).toContain('TensorFlow 2.21.0 · AVX2 · 2 threads')
  expect(bar.text()).toContain('~/signum')
})

test('a run at work shows where it stands and can be paused, resumed and stopped', async () => {
  const { lab, bar } = await open()
  lab.putRun(run(lab, { name: 'evening run' }))
  lab.emit('run.progress', { runId: 'run-1', progress: PROGRESS })
  await flushPromises()
  expect(bar.get('a').text()).toBe('evening run')
  expect(bar.get('a').attributes('href')).toBe('#/train/run-1')
  expect(bar.text()).toContain('Epoch 2 of 10')
  expect(bar.text()).toContain('2 min 5 s left')
  await bar.get('[aria-label="Pause evening run"]').trigger('click')
  await flushPromises()
  expect(lab.runs[0]!.status).toBe('paused')
  expect(bar.text()).toContain('Paused')
  await bar.get('[aria-label="Resume evening run"]').trigger('click')
  await flushPromises()
  expect(lab.runs[0]!.status).toBe('running')
  await bar.get('[aria-label="Stop evening run"]').trigger('click')
  await flushPromises()
  expect(bar.text()).toContain('No run at work')
})

test('two runs stand side by side, the oldest first, each with its own controls', async () => {
  const { lab, bar } = await open()
  lab.putRun(run(lab, { id: 'b', name: 'second', createdAt: '2025-01-01T12:00:01.000Z' }))
  lab.putRun(run(lab, { id: 'a', name: 'first', createdAt: '2025-01-01T12:00:00.000Z' }))
  await flushPromises()
  expect(bar.findAll('a').map((link) => link.text())).toEqual(['first', 'second'])
  await bar.get('[aria-label="Pause second"]').trigger('click')
  await flushPromises()
  expect(lab.runs.map(({ name, status }) => [name, status])).toEqual([
    ['second', 'paused'],
    ['first', 'running'],
  ])
})

test('what is beyond two runs, and what waits, is counted and can be opened', async () => {
  const { lab, bar } = await open()
  for (const [index, status] of (['running', 'running', 'running', 'queued', 'queued'] as const).entries()) {
    lab.putRun(
      run(lab, { id: `r${index}`, name: `run ${index}`, status, createdAt: `2025-01-01T12:00:0${index}.000Z` }),
    )
  }
  await flushPromises()
  expect(bar.findAll('a').at(-1)!.text()).toBe('+1 more, 2 queued')
  expect(bar.findAll('a').at(-1)!.attributes('href')).toBe('#/train/r2')
})

test('the commands of the native menu ask the run that is open in Train', async () => {
  const { lab } = await open()
  lab.putRun(run(lab, { id: 'a', createdAt: '2025-01-01T12:00:00.000Z' }))
  lab.putRun(run(lab, { id: 'b', createdAt: '2025-01-01T12:00:01.000Z' }))
  useRoomStore().go('train', 'b')
  expect(useCommandsStore().run('training.stop')).toBe(true)
  await flushPromises()
  expect(lab.runs.map(({ id, status }) => [id, status])).toEqual([
    ['a', 'running'],
    ['b', 'stopped'],
  ])
  history.replaceState(null, '', '#')
})

test('the commands of the native menu are offered while there is a run', async () => {
  const { lab } = await open()
  const commands = useCommandsStore()
  expect(commands.run('training.pause')).toBe(false)
  lab.putRun(run(lab))
  expect(commands.run('training.pause')).toBe(true)
  await flushPromises()
  expect(lab.runs[0]!.status).toBe('paused')
})

test('a lost connection is said in words', async () => {
  const { lab, bar } = await open()
  lab.setState('offline')
  await flushPromises()
  expect(bar.get('[role="alert"]').text()).toBe('The lab does not answer. Trying again.')
})
