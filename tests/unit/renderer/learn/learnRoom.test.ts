import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import LearnRoom from '../../../../renderer/features/learn/LearnRoom.vue'
import { LESSONS } from '../../../../renderer/features/learn/lessons.ts'
import PopcountFigure from '../../../../renderer/features/learn/figures/PopcountFigure.vue'
import SignFigure from '../../../../renderer/features/learn/figures/SignFigure.vue'
import { useRoomStore } from '../../../../renderer/stores/room.ts'
import { aRun, FakeLab } from '../fakeLab.ts'
import { mountOnPage } from '../mount.ts'

// The test's document has no doctype; index.html has one, and KaTeX insists on it when it is loaded.
vi.hoisted(() => Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' }))

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  location.hash = ''
})

async function open(component: Parameters<typeof mountOnPage>[0], lab = new FakeLab()) {
  ;({ wrapper } = await mountOnPage(component, { lab }))
  await flushPromises()
  return wrapper
}

const button = (page: VueWrapper, name: string) => page.findAll('button').find((entry) => entry.text() === name)!

test('every lesson opens by its place and leads to the next', async () => {
  const page = await open(LearnRoom)
  for (const [index, lesson] of LESSONS.entries()) {
    useRoomStore().go('learn', lesson.id)
    await flushPromises()
    expect(page.get('#lesson-title').text()).toBe(lesson.title)
    const next = LESSONS[index + 1]
    expect(page.find('a[rel="next"]').exists()).toBe(next !== undefined)
    if (next) expect(page.get('a[rel="next"]').attributes('href')).toBe(`#/learn/${next.id}`)
  }
})

test('an unknown lesson shows the first', async () => {
  location.hash = '#/learn/no-such-lesson'
  const page = await open(LearnRoom)
  expect(page.get('#lesson-title').text()).toBe(LESSONS[0]!.title)
})

test('the networks are compared by the lab’s own counts', async () => {
  location.hash = '#/learn/lenets'
  const page = await open(LearnRoom)
  const totals = page.findAll('tfoot tr').map((row) => row.findAll('td').map((cell) => cell.text()))
  expect(totals).toEqual([
    ['114,764', '1,141,330'],
    ['448 KiB', '196 KiB'],
    ['7.49 M', '8.51 M'],
  ])
})

test('Train both starts the notebook’s pair with its own settings', async () => {
  const lab = new FakeLab()
  const page = await open(LearnRoom, lab)
  await button(page, 'Train both').trigger('click')
  await flushPromises()
  expect(lab.runs.map(({ network, epochs, settings }) => [network, epochs, settings.shuffle])).toEqual([
    ['lenet-full-precision', 10, false],
    ['lenet-binary', 10, false],
  ])
})

test('the results show the best run of each network in this lab', async () => {
  const lab = new FakeLab()
  const { spec, settings } = lab.presets[1]!
  lab.putRun(aRun(spec, settings, { id: 'a', status: 'finished', testAccuracy: 0.981 }))
  lab.putRun(aRun(spec, settings, { id: 'b', status: 'finished', testAccuracy: 0.9851 }))
  location.hash = '#/learn/results'
  const page = await open(LearnRoom, lab)
  const rows = page.findAll('tbody tr').map((row) => row.find('td:last-child'))
  expect(rows.map((cell) => cell.text())).toEqual(['not trained yet', '98.51 %', 'not trained yet'])
  expect(rows[1]!.get('a').attributes('href')).toBe('#/train/b')
})

test('moving the latent value by keys changes its sign, and the threshold cancels its gradient', async () => {
  const page = await open(SignFigure)
  const reading = () => page.get('[role="status"]').text().replace(/\s+/g, ' ')
  const handle = page.get('[aria-label="Latent value x"]')
  expect(reading()).toBe('x = 0.60 becomes +1. Its gradient passes unchanged.')
  await handle.trigger('keydown', { key: 'Home' })
  expect(reading()).toBe('x = −3.00 becomes −1. Its gradient is cancelled: |x| is above 1.0.')
  expect(handle.attributes('aria-valuenow')).toBe('-3')
  await page.get('[role="switch"]').trigger('click')
  expect(reading()).toBe('x = −3.00 becomes −1. Its gradient passes unchanged.')
})

test('the scalar product is gone through step by step, with any signs', async () => {
  const page = await open(PopcountFigure)
  for (let step = 0; step < 4; step++) await button(page, 'Step').trigger('click')
  expect(page.get('.sum').text()).toBe('a · w = 8 − 2 · 3 = +2')
  await page.get('[aria-label^="a 1:"]').trigger('click')
  expect(page.get('.sum').text()).toBe('a · w = 8 − 2 · 4 = 0')
  await button(page, 'Start over').trigger('click')
  expect(page.find('.sum').exists()).toBe(false)
})
