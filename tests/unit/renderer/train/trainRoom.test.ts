import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunDetail } from '#shared/contract/runs.ts'
import { SignumError } from '#shared/contract/errors.ts'
import TrainRoom from '../../../../renderer/features/train/TrainRoom.vue'
import { useCommandsStore } from '../../../../renderer/stores/commands.ts'
import { useToastsStore } from '../../../../renderer/stores/toasts.ts'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'
import { detail, progress } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  history.replaceState(null, '', '#')
})

async function open(runs: readonly RunDetail[], lab = new FakeLab()) {
  lab.runs.push(...runs)
  history.replaceState(null, '', '#/train')
  ;({ wrapper } = await mountOnPage(TrainRoom, { lab }))
  await allPieces()
  const room = wrapper
  const button = (label: string) => room.findAll('button').find((candidate) => candidate.text() === label)
  return { lab, room, button }
}

const running = detail({ id: 'a', name: 'alpha', progress: progress() })
const sibling = detail({ id: 'b', name: 'beta', createdAt: '2026-10-01T10:00:01.000Z' })
const old = detail({ id: 'c', name: 'gamma', status: 'finished', createdAt: '2026-09-01T10:00:00.000Z' })

describe('Train', () => {
  it('invites to train the notebook’s pair when there is no run', async () => {
    const { lab, room, button } = await open([])
    expect(room.text()).toContain('No runs yet')
    expect(room.text()).toContain('about 8 minutes here')
    await button('Train both')!.trigger('click')
    await flushPromises()
    expect(lab.runs.map(({ network }) => network)).toEqual(['lenet-full-precision', 'lenet-binary'])
    expect(location.hash).toBe('#/train/run-1')
  })

  it('shows where the run at work stands', async () => {
    const { lab, room } = await open([running])
    expect(room.get('h1').text()).toBe('alpha')
    expect(room.text()).toContain('97.00 %')
    expect(room.text()).toContain('3 / 10')
    expect(room.get('progress').attributes('value')).toBe(String(1300 / 6000))
    lab.emit('run.progress', { runId: 'a', progress: progress({ phase: 'testing', remainingSeconds: 61 }) })
    await flushPromises()
    expect(room.text()).toContain('1 min 1 s')
    expect(room.text()).toContain('best 97.50 % · testing')
  })

  it('draws validation dashed and tests dotted where images were held out', async () => {
    const { room } = await open([{ ...old, settings: { ...old.settings, validation: 0.1 } }, sibling])
    const legend = () => room.get('.run-charts .legend')
    const dashes = () =>
      legend()
        .findAll('line')
        .map((line) => line.attributes('stroke-dasharray') ?? 'none')
    expect(legend().text()).not.toContain('validation')
    expect(new Set(dashes()).size).toBe(2)
    await room.get('[aria-label="Show the curves of gamma"]').setValue(true)
    await flushPromises()
    expect(legend().text()).toContain('validation, every epoch')
    expect(new Set(dashes()).size).toBe(3)
  })

  it('keeps how the vertical axes are liked', async () => {
    const { lab, room, button } = await open([old])
    await button('Log')!.trigger('click')
    await room.get('[aria-label="Fit the vertical axis to the lines"]').trigger('click')
    await flushPromises()
    expect(button('Log')!.attributes('aria-pressed')).toBe('true')
    expect(room.find('[aria-label="Show 0 to 100 %"]').exists()).toBe(true)
    expect(lab.settings).toMatchObject({ 'charts.logarithmicLoss': true, 'charts.fitAccuracy': true })
  })

  it('says in words which epoch early stopping has kept', async () => {
    const { room, button } = await open([{ ...old, keptEpoch: 1 }])
    await button('Epochs')!.trigger('click')
    expect(room.get('[aria-label="Numbers"]').text()).toContain('of epoch 1, whose weights are kept')
    const heads = room.findAll('tbody th').map((head) => head.text().replace(/\s+/g, ' '))
    expect(heads).toEqual(['1 kept: the run has its weights', '2'])
  })

  it('pauses and resumes with its button and with the command behind the space bar', async () => {
    const { lab, button } = await open([running])
    await button('Pause')!.trigger('click')
    await flushPromises()
    expect(lab.runs[0]!.status).toBe('paused')
    expect(button('Resume')).toBeDefined()
    const commands = useCommandsStore()
    expect(commands.run('run.toggle')).toBe(true)
    await flushPromises()
    expect(lab.runs[0]!.status).toBe('running')
    lab.putRun({ ...running, status: 'finished' })
    await flushPromises()
    expect(commands.run('run.toggle')).toBe(false)
  })

  it('stops a run, and resumes it from its checkpoint', async () => {
    const { lab, room, button } = await open([running])
    await room.get('[aria-label="Stop"]').trigger('click')
    await flushPromises()
    expect(lab.runs[0]!.status).toBe('stopped')
    await button('Resume')!.trigger('click')
    await flushPromises()
    expect(lab.runs[0]!.status).toBe('running')
  })

  it('says what went wrong and offers the way out', async () => {
    const message = 'The engine was ended by the system. Resume the run to go on from its last checkpoint.'
    const { lab, room, button } = await open([detail({ status: 'interrupted', message, epochsDone: 2 })])
    expect(room.get('[role="alert"]').text()).toContain(message)
    expect(room.get('[role="alert"]').text()).toContain('until epoch 2 is kept')
    expect(button('Build from this')).toBeDefined()
    expect(room.findAll('button').filter((candidate) => candidate.text() === 'Resume')).toHaveLength(1)
    await button('Resume')!.trigger('click')
    await flushPromises()
    expect(lab.runs[0]!.status).toBe('running')
  })

  it('leads from a failed run to its settings', async () => {
    const { room, button } = await open([detail({ status: 'failed', message: 'The loss became NaN in step 4.' })])
    expect(room.get('[role="alert"]').text()).toContain('The loss became NaN in step 4.')
    await button('Change its settings')!.trigger('click')
    await flushPromises()
    expect(location.hash).toBe('#/build')
  })

  it('says in a toast what the lab refuses', async () => {
    const refusing = new FakeLab({
      'runs.pause': () => {
        throw new SignumError('engine_stalled', 'The engine does not answer.')
      },
    })
    const { button } = await open([running], refusing)
    await button('Pause')!.trigger('click')
    await flushPromises()
    expect(useToastsStore().shown[0]).toMatchObject({ message: 'The engine does not answer.', tone: 'danger' })
  })

  it('lays runs that train together over one another, others when asked', async () => {
    const { room } = await open([running, sibling, old])
    const checked = () => room.findAll<HTMLInputElement>('.picker input').map(({ element }) => element.checked)
    expect(room.get('h1').text()).toBe('alpha')
    expect(checked()).toEqual([true, true, false])
    await room.findAll('.picker input')[2]!.setValue(true)
    expect(checked()).toEqual([true, true, true])
    await room.findAll('.picker input')[0]!.setValue(false)
    expect(checked()).toEqual([false, true, true])
  })

  it('leaves a run alone that had ended before the next began', async () => {
    const { lab, room } = await open([running])
    lab.putRun({ ...running, status: 'finished', progress: null })
    lab.putRun(sibling)
    await flushPromises()
    const checked = room.findAll<HTMLInputElement>('.picker input').map(({ element }) => element.checked)
    expect(checked.filter(Boolean)).toHaveLength(1)
  })

  it('stays with its run when that ends while another is still at work', async () => {
    const { lab, room } = await open([running, sibling])
    lab.putRun({ ...running, status: 'finished', progress: null })
    await flushPromises()
    expect(room.get('h1').text()).toBe('alpha')
    expect(room.text()).toContain('Finished')
  })

  it('opens another run by its name', async () => {
    const { room } = await open([running, old])
    await room
      .findAll('.picker button')
      .find((name) => name.text() === 'gamma')!
      .trigger('click')
    await flushPromises()
    expect(room.get('h1').text()).toBe('gamma')
    expect(location.hash).toBe('#/train/c')
  })

  it('unfolds the epochs and the settings beneath the charts', async () => {
    const { room, button } = await open([old])
    await button('Epochs')!.trigger('click')
    expect(room.findAll('tbody tr')).toHaveLength(2)
    await button('Settings')!.trigger('click')
    expect(room.text()).toContain('Learning rate0.001')
    await button('Provenance')!.trigger('click')
    expect(room.text()).toContain('TensorFlow 2.21.0')
  })
})
