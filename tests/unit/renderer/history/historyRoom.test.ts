import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunDetail } from '#shared/contract/runs.ts'
import HistoryRoom from '../../../../renderer/features/history/HistoryRoom.vue'
import { useToastsStore } from '../../../../renderer/stores/toasts.ts'
import { FakeLab, summary as summaryOf } from '../fakeLab.ts'
import { mountOnPage } from '../mount.ts'
import { detail } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  history.replaceState(null, '', '#')
})

const RUNS: RunDetail[] = [
  detail({ id: 'a', name: 'alpha', status: 'finished', createdAt: '2026-01-03T00:00:00.000Z' }),
  detail({ id: 'b', name: 'beta', status: 'stopped', createdAt: '2026-01-02T00:00:00.000Z' }),
  detail({ id: 'c', name: 'gamma', status: 'failed', createdAt: '2026-01-01T00:00:00.000Z', epochsDone: 0 }),
]

async function open(runs: readonly RunDetail[] = RUNS) {
  const lab = new FakeLab({
    'runs.remove': ({ id }) => {
      const removed = lab.runs.splice(
        lab.runs.findIndex((run) => run.id === id),
        1,
      )
      lab.emit('run.changed', { run: summaryOf(removed[0]!), removed: true })
      return {}
    },
    'runs.restore': ({ id }) => {
      const run = RUNS.find((candidate) => candidate.id === id)!
      lab.putRun(run)
      return summaryOf(run)
    },
  })
  lab.runs.push(...runs)
  ;({ wrapper } = await mountOnPage(HistoryRoom, { lab }))
  await flushPromises()
  const room = wrapper
  const names = () => room.findAll('[data-run]').map((row) => row.text())
  const press = async (name: string, key: string) => {
    await room
      .findAll('[data-run]')
      .find((row) => row.text() === name)!
      .trigger('keydown', { key })
    await flushPromises()
  }
  return { lab, room, names, press }
}

describe('History', () => {
  it('folds the runs of a group into one row with mean and spread, which keys unfold and choose', async () => {
    const seeded = (seed: number) =>
      detail({
        id: `s${seed}`,
        name: `wide, seed ${seed}`,
        seed,
        groupId: 'g',
        status: 'finished',
        testAccuracy: 0.97 + seed / 100,
        createdAt: `2026-01-02T00:00:0${seed}.000Z`,
      })
    const { room, names, press } = await open([...RUNS, seeded(1), seeded(2)])
    const group = 'wide 2 runs'
    expect(names()).toEqual(['alpha', group, 'beta', 'gamma'])
    expect(room.text()).toContain('98.50 ± 0.71 %')
    expect(room.text()).toContain('2 of 2 done')
    await press(group, 'ArrowRight')
    expect(names()).toEqual(['alpha', group, 'wide, seed 2', 'wide, seed 1', 'beta', 'gamma'])
    await press(group, 'ArrowDown')
    expect(document.activeElement?.textContent).toContain('wide, seed 2')
    await press(group, 'Delete')
    expect(names()).toContain('wide, seed 2')
    await press(group, 'x')
    expect(room.text()).toContain('Compare 2')
    await press(group, 'ArrowLeft')
    expect(names()).toEqual(['alpha', group, 'beta', 'gamma'])
  })

  it('lists every run, the newest first, and finds and sorts them', async () => {
    const { room, names } = await open()
    expect(names()).toEqual(['alpha', 'beta', 'gamma'])
    await room.get('th button').trigger('click')
    expect(room.get('th[aria-sort="ascending"]').text()).toBe('Status')
    expect(names()).toEqual(['gamma', 'alpha', 'beta'])
    await room.get('[aria-label="Search runs"]').setValue('beta')
    expect(names()).toEqual(['beta'])
    await room.get('[aria-label="Search runs"]').setValue('nothing like it')
    expect(room.text()).toContain('No run matches')
    expect(room.text()).toContain('0 of 3 runs')
  })

  it('is walked through with the arrow keys', async () => {
    const { press } = await open()
    await press('alpha', 'ArrowDown')
    expect(document.activeElement?.textContent?.trim()).toBe('beta')
    await press('beta', 'End')
    expect(document.activeElement?.textContent?.trim()).toBe('gamma')
    await press('gamma', 'ArrowUp')
    expect(document.activeElement?.textContent?.trim()).toBe('beta')
  })

  it('renames a run in its place', async () => {
    const { lab, room, press, names } = await open()
    await press('beta', 'F2')
    const field = room.get('[aria-label="Name of the run"]')
    await field.setValue('  a better name ')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(lab.runs[1]!.name).toBe('a better name')
    expect(names()).toContain('a better name')
    expect(document.activeElement?.textContent?.trim()).toBe('a better name')
  })

  it('keeps the old name when Esc is pressed or nothing is typed', async () => {
    const { lab, room, press } = await open()
    for (const [text, key] of [
      ['other', 'Escape'],
      ['   ', 'Enter'],
    ] as const) {
      await press('beta', 'F2')
      const field = room.get('[aria-label="Name of the run"]')
      await field.setValue(text)
      await field.trigger('keydown', { key })
      await flushPromises()
    }
    expect(lab.requests.filter(({ method }) => method === 'runs.rename')).toEqual([])
  })

  it('deletes a run and brings it back by Undo', async () => {
    const { press, names } = await open()
    await press('beta', 'Delete')
    expect(names()).toEqual(['alpha', 'gamma'])
    expect(document.activeElement?.textContent?.trim()).toBe('gamma')
    const [toast] = useToastsStore().shown
    expect(toast!.message).toBe('“beta” was deleted.')
    toast!.action!.run()
    await flushPromises()
    expect(names()).toEqual(['alpha', 'beta', 'gamma'])
  })

  it('offers to compare once two are chosen', async () => {
    const { room, press } = await open()
    await press('alpha', 'x')
    expect(room.text()).toContain('Choose another to compare')
    await press('beta', 'x')
    expect(room.text()).toContain('Compare 2')
    await press('beta', 'x')
    expect(room.text()).not.toContain('Compare 2')
  })

  it('invites when there is nothing to list', async () => {
    const { room } = await open([])
    expect(room.text()).toContain('No runs yet')
  })
})
