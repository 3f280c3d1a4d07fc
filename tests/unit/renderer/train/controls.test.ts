import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RunDetail, RunStatus } from '#shared/contract/runs.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import TrainRoom from '../../../../renderer/features/train/TrainRoom.vue'
import { explainRate, presentRate, rateProblem } from '../../../../renderer/features/train/controls/rate.ts'
import { useCommandsStore } from '../../../../renderer/stores/commands.ts'
import { useHistoriesStore } from '../../../../renderer/stores/histories.ts'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'
import { detail, progress } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  history.replaceState(null, '', '#')
})

async function open(...runs: RunDetail[]) {
  const lab = new FakeLab()
  lab.runs.push(...runs)
  history.replaceState(null, '', '#/train')
  ;({ wrapper } = await mountOnPage(TrainRoom, { lab }))
  await allPieces()
  const room = wrapper
  const labelled = (label: string) => room.find(`header button[aria-label="${label}"]`)
  const asked = (method: string) =>
    lab.requests.filter((request) => request.method === method).map(({ input }) => input)
  return { lab, room, labelled, asked }
}

const running = detail({ id: 'a', name: 'alpha', progress: progress() })

describe('the controls of a run', () => {
  it('train a batch or an epoch by button and by key command', async () => {
    const { labelled, asked } = await open(running)
    await labelled('Train one batch').trigger('click')
    await flushPromises()
    await labelled('Train to the end of the epoch').trigger('click')
    await flushPromises()
    expect(useCommandsStore().run('run.step')).toBe(true)
    await flushPromises()
    expect(asked('runs.step')).toEqual([
      { id: 'a', unit: 'batch' },
      { id: 'a', unit: 'epoch' },
      { id: 'a', unit: 'batch' },
    ])
  })

  it('keep the focus while steps come and go', async () => {
    const { lab, labelled } = await open(running)
    const button = labelled('Train one batch').element as HTMLElement
    button.focus()
    for (const status of ['paused', 'running', 'paused'] as const) {
      lab.putRun({ ...running, status })
      await flushPromises()
    }
    expect(document.activeElement).toBe(button)
  })

  it.each<[RunStatus, string]>([
    ['starting', 'the network is being built'],
    ['queued', 'the run waits for its turn'],
    ['stopped', 'resume the run first'],
  ])('of a run that is %s cannot step, and say that %s', async (status, reason) => {
    const { room, labelled, asked } = await open({ ...running, status, progress: null })
    const button = labelled('Train one batch')
    expect(button.attributes('aria-disabled')).toBe('true')
    await button.trigger('click')
    expect(useCommandsStore().run('run.stepEpoch')).toBe(false)
    expect(useCommandsStore().run('run.checkpoint')).toBe(false)
    expect(useCommandsStore().run('run.rate')).toBe(false)
    expect(asked('runs.step')).toEqual([])
    expect(room.get('header .rate').attributes('title')).toContain(reason)
  })

  it('say quietly where a checkpoint was saved, and aloud only when it was asked for', async () => {
    const { lab, room, labelled, asked } = await open(running)
    const aloud = () => room.get('header [role="status"]').text()
    lab.emit('run.saved', { runId: 'a', epoch: 2, step: 1200 })
    await flushPromises()
    expect(room.get('.numbers').text()).toContain('Checkpoint saved at step 1,200')
    expect(aloud()).toBe('')
    await labelled('Save a checkpoint now').trigger('click')
    await flushPromises()
    expect(asked('runs.checkpoint')).toEqual([{ id: 'a' }])
    expect(room.get('.numbers').text()).toContain('Checkpoint saved at step 1,300')
    expect(aloud()).toBe('Checkpoint saved at step 1,300')
  })

  it('are not there for a run that has finished', async () => {
    const { room } = await open({ ...running, status: 'finished', progress: null })
    expect(room.find('[role="group"][aria-label="Training"]').exists()).toBe(false)
    expect(useCommandsStore().run('run.stop')).toBe(false)
  })
})

describe('the queue', () => {
  const waiting = (id: string) => detail({ id, name: `run ${id}`, status: 'queued', testAccuracy: null, epochsDone: 0 })

  it('stands in the order in which runs will begin, and each can begin now or be taken off', async () => {
    const { lab, room, asked } = await open(running, waiting('b'), waiting('c'), waiting('d'))
    lab.emit('queue.changed', { runIds: ['d', 'b', 'c'] })
    await flushPromises()
    const names = () => room.findAll('.queue .name').map((name) => name.text())
    expect(names()).toEqual(['run d', 'run b', 'run c'])
    expect(room.get('.picker').text()).toContain('Queued, 2')
    await room.get('[aria-label="Start run b now"]').trigger('click')
    await flushPromises()
    await room.get('[aria-label="Take run d off the queue"]').trigger('click')
    await flushPromises()
    expect(names()).toEqual(['run c'])
    expect(asked('runs.resume')).toEqual([{ id: 'b' }])
    expect(asked('runs.stop')).toEqual([{ id: 'd' }])
  })

  it('tells the open run where it stands, and lets it begin', async () => {
    const { lab, room } = await open(waiting('b'))
    expect(room.get('.subtitle').text()).toContain('next in the queue')
    expect(room.text()).toContain('It begins when a run before it has ended.')
    expect(useCommandsStore().run('run.toggle')).toBe(true)
    await flushPromises()
    expect(lab.runs[0]!.status).toBe('running')
  })
})

describe('the learning rate of a run at work', () => {
  async function openRate(run: RunDetail) {
    const page = await open(run)
    expect(useCommandsStore().run('run.rate')).toBe(true)
    await flushPromises()
    const popover = document.querySelector<HTMLElement>('.rate-popover')!
    const input = popover.querySelector('input')!
    const type = async (text: string) => {
      input.value = text
      input.dispatchEvent(new Event('input'))
      await flushPromises()
    }
    return { ...page, popover, input, type, submit: popover.querySelector<HTMLButtonElement>('[type=submit]')! }
  }

  it('is changed, and the change is marked at once', async () => {
    const { room, input, type, submit, asked } = await openRate(running)
    expect(input.value).toBe('0.001')
    await type('0.0002')
    submit.click()
    await flushPromises()
    expect(asked('runs.setLearningRate')).toEqual([{ id: 'a', learningRate: 0.0002 }])
    expect(document.querySelector('.rate-popover')).toBeNull()
    expect(room.get('header .rate').text()).toContain('0.0002')
    expect(useHistoriesStore().open('a').detail.value!.marks).toEqual([{ step: 1300, learningRate: 0.0002 }])
  })

  it('gives the focus back to what had it when its key was pressed', async () => {
    const { type, submit } = await openRate(running)
    await type('0.5')
    submit.click()
    await flushPromises()
    await vi.waitFor(() => expect(document.activeElement).toBe(document.body))
  })

  it.each(['0', '-1', '11', 'fast', ''])('is not taken as "%s"', async (text) => {
    const { popover, type, submit, asked } = await openRate(running)
    await type(text)
    expect(popover.textContent).toContain('Type a number above 0, at most 10.')
    expect(submit.disabled).toBe(true)
    expect(asked('runs.setLearningRate')).toEqual([])
  })

  it('is shown with what schedule and warm-up make of it', () => {
    const settings = trainingSettingsSchema.parse({ schedule: { type: 'cosine' }, epochs: 10, limit: 1000 })
    const marks = [{ step: 3, learningRate: 0.01 }]
    const present = presentRate({ settings, marks }, 50)
    expect(present).toMatchObject({ base: 0.01, factor: expect.closeTo(0.5) })
    expect(explainRate({ settings }, present)).toBe('0.01 × 0.5 by cosine schedule')
    const plain = trainingSettingsSchema.parse({})
    expect(presentRate({ settings: plain, marks: [] }, 7)).toEqual({ base: 0.001, factor: 1, rate: 0.001 })
    expect(explainRate({ settings: plain }, { base: 0.001, factor: 1, rate: 0.001 })).toBeNull()
    expect(rateProblem(10)).toBeNull()
  })
})

describe('a run of a group', () => {
  const seeded = (seed: number, changes: Partial<RunDetail> = {}) =>
    detail({
      id: `s${seed}`,
      name: `wide, seed ${seed}`,
      seed,
      groupId: 'g',
      status: 'finished',
      testAccuracy: 0.97 + seed / 100,
      createdAt: `2026-10-01T10:00:0${seed}.000Z`,
      ...changes,
    })

  it('stands beneath its group, which folds, and is drawn in the band of all of them until that is not wanted', async () => {
    const { lab, room } = await open(seeded(1), seeded(2))
    const group = room.get('.picker [aria-expanded]')
    expect(group.text()).toBe('wide×2 runs')
    expect(room.get('.picker').text()).toContain('98.50 ± 0.71 %')
    expect(room.findAll('.members input')).toHaveLength(2)
    const asBand = room.get<HTMLInputElement>('[aria-label="Show the mean of wide as a band"]')
    expect(asBand.element.checked).toBe(true)
    await asBand.setValue(false)
    await flushPromises()
    expect(lab.settings['charts.groupBand']).toBe(false)
    expect(asBand.element.checked).toBe(false)
    await group.trigger('click')
    expect(room.findAll('.members input')).toHaveLength(0)
  })

  it('is drawn in its band over any run that is open, when asked or when it trains beside it', async () => {
    const [alone, beside] = [detail({ id: 'x', name: 'alone' }), seeded(1, { status: 'running' })]
    const { lab, room } = await open(alone, seeded(2), seeded(3))
    const legend = () => room.get('.run-charts .legend').text()
    const asBand = () => room.get<HTMLInputElement>('[aria-label="Show the mean of wide as a band"]')
    expect(asBand().element.checked).toBe(false)
    expect(legend()).not.toContain('band')
    lab.putRun(beside)
    await flushPromises()
    expect(asBand().element.checked).toBe(true)
    expect(legend()).toContain('band: mean ± standard deviation')
    await asBand().setValue(false)
    expect(legend()).not.toContain('band')
    expect(lab.settings['charts.groupBand']).toBeUndefined()
  })
})
