import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RunDetail } from '#shared/contract/runs.ts'
import HistoryRoom from '../../../../renderer/features/history/HistoryRoom.vue'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { FakeLab } from '../fakeLab.ts'
import { mountOnPage } from '../mount.ts'
import { detail } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  history.replaceState(null, '', '#')
})

async function openDetails(change: Partial<RunDetail> = {}) {
  const lab = new FakeLab()
  lab.runs.push(detail({ id: 'a', name: 'alpha', status: 'stopped', ...change }))
  history.replaceState(null, '', '#/history/a')
  ;({ wrapper } = await mountOnPage(HistoryRoom, { lab }))
  await flushPromises()
  const panel = wrapper.get('aside')
  const press = async (label: string) => {
    await panel
      .findAll('button')
      .find((button) => button.text() === label)!
      .trigger('click')
    await flushPromises()
  }
  return { lab, room: wrapper, panel, press }
}

describe('the details of a run', () => {
  it('show its epochs, settings, network and provenance', async () => {
    const { panel } = await openDetails({ message: 'The engine was ended.' })
    for (const text of ['94.00 %', 'Learning rate0.001', 'QConv2d_NoAct', '1,141,330', 'TensorFlow 2.21.0']) {
      expect(panel.text()).toContain(text)
    }
    expect(panel.get('[role="alert"]').text()).toContain('The engine was ended.')
  })

  it('lead to Train, to Draw and to Build', async () => {
    const { lab, press } = await openDetails()
    await press('Open in Train')
    expect(location.hash).toBe('#/train/a')
    await press('Use in Draw')
    expect(location.hash).toBe('#/draw/a')
    await press('Build from this')
    expect(location.hash).toBe('#/build')
    expect(useDraftStore().spec).toEqual(lab.runs[0]!.spec)
    expect(useDraftStore().settings).toEqual(lab.runs[0]!.settings)
  })

  it('save its network packed, under its name', async () => {
    const { press } = await openDetails()
    const saved: { name: string; size: number }[] = []
    const contents = vi.fn((_content: Blob) => 'blob:packed')
    Object.assign(URL, { createObjectURL: contents, revokeObjectURL: () => {} })
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, size: contents.mock.lastCall![0].size })
    })
    await press('Export packed')
    click.mockRestore()
    expect(saved).toEqual([{ name: 'alpha.packed', size: 3 }])
  })

  it('resume a run that can be resumed', async () => {
    const { lab, press } = await openDetails()
    await press('Resume')
    expect(lab.runs[0]!.status).toBe('running')
  })

  it('do not offer what the run cannot do', async () => {
    const { panel } = await openDetails({ status: 'failed', epochsDone: 0 })
    const labels = panel.findAll('button').map((button) => button.text())
    expect(labels).not.toContain('Use in Draw')
    expect(labels).not.toContain('Export packed')
    expect(labels).not.toContain('Resume')
  })

  it('close on Esc and give the focus back to the row', async () => {
    const { room } = await openDetails()
    await room.get('aside').trigger('keydown', { key: 'Escape' })
    await flushPromises()
    expect(location.hash).toBe('#/history')
    expect(document.activeElement?.textContent?.trim()).toBe('alpha')
  })
})
