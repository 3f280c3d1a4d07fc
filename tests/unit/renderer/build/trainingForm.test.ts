import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import TrainingForm from '../../../../renderer/features/build/TrainingForm.vue'
import { describeRateLine, rateLine } from '../../../../renderer/features/build/training/rateLine.ts'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { useNetworksStore } from '../../../../renderer/stores/networks.ts'
import { mountOnPage } from '../mount.ts'

let form: VueWrapper
afterEach(() => form.unmount())

async function openForm() {
  form = (await mountOnPage(TrainingForm)).wrapper
  const draft = useDraftStore()
  draft.open(useNetworksStore().find('lenet-binary')!)
  await flushPromises()
  return draft
}

const labels = () => form.findAll('label').map((label) => label.text())

function field(name: string) {
  const label = form.findAll('label').find((entry) => entry.text().startsWith(name))!
  return form.get(`[id="${label.attributes('for')}"]`)
}

function problemAt(name: string): string {
  return form.get(`[id="${field(name).attributes('aria-describedby')}"]`).text()
}

test('only what matters to the chosen optimiser is asked for', async () => {
  const draft = await openForm()
  expect(labels()).not.toContain('Momentum')
  await field('Optimiser').setValue('sgd')
  expect(labels()).toContain('Momentum')
  expect(labels()).not.toContain('Nesterov')
  await field('Momentum').setValue('0.9')
  expect(labels()).toContain('Nesterov')
  expect(draft.settings.optimizer).toEqual({ type: 'sgd', momentum: 0.9, nesterov: false })
  await field('Optimiser').setValue('bop')
  expect(labels()).toEqual(expect.arrayContaining(['Gamma', 'Threshold']))
  expect(labels()).not.toContain('Momentum')
})

test('each choice is a step of its own, and what is typed in one field is one', async () => {
  const draft = await openForm()
  await field('Optimiser').setValue('sgd')
  for (const text of ['0', '0.', '0.9']) await field('Momentum').setValue(text)
  await field('Optimiser').setValue('bop')
  await field('Optimiser').setValue('adam')
  expect(draft.history.past.map(({ label }) => label)).toEqual([
    'change optimiser',
    'change momentum of the optimiser',
    'change optimiser',
    'change optimiser',
  ])
  for (let step = 0; step < 3; step++) draft.undo()
  expect(draft.settings.optimizer).toEqual({ type: 'sgd', momentum: 0, nesterov: false })
})

test('a bad value within a group is named at its own field', async () => {
  const draft = await openForm()
  await field('Optimiser').setValue('sgd')
  await field('Momentum').setValue('1.5')
  expect(field('Momentum').attributes('aria-invalid')).toBe('true')
  expect(problemAt('Momentum')).toBe('1.5 is too large: choose less than 1.')
  expect(draft.isSound).toBe(false)
})

test('a schedule is drawn once there is one, and said in words', async () => {
  await openForm()
  expect(form.find('[role="img"]').exists()).toBe(false)
  await field('Schedule').setValue('cosine')
  await field('Warm-up').setValue('1')
  expect(form.get('[role="img"]').attributes('aria-label')).toMatch(
    /^The learning rate rises from .* to 0.001 and ends at /,
  )
  await field('Warm-up').setValue('10')
  expect(problemAt('Warm-up')).toContain('choose less than the 10 epochs')
})

test('early stopping and varied images are off until they are switched on, and off again afterwards', async () => {
  const draft = await openForm()
  const before = draft.settings
  await field('Stop early').trigger('click')
  await field('Vary the images').trigger('click')
  expect(labels()).toEqual(expect.arrayContaining(['Patience', 'Rotation']))
  await field('Patience').setValue('3')
  expect(draft.settings).toMatchObject({ earlyStopping: { patience: 3 }, augmentation: { shift: 2 } })
  await field('Stop early').trigger('click')
  await field('Vary the images').trigger('click')
  expect(draft.settings).toEqual(before)
})

test('an amount that is being typed keeps the fields of the images open', async () => {
  await openForm()
  await field('Vary the images').trigger('click')
  for (const name of ['Shift', 'Rotation', 'Elastic']) await field(name).setValue('')
  expect(labels()).toContain('Elastic')
})

test('a line of the learning rate goes from the first step to the last, and is none while a number is missing', () => {
  const settings = trainingSettingsSchema.parse({
    epochs: 4,
    learningRate: 0.1,
    schedule: { type: 'step', everyEpochs: 2 },
  })
  const line = rateLine(settings, 60_000)
  expect(line[0]).toEqual({ epoch: 0, rate: 0.1 })
  expect(line.at(-1)!.epoch).toBeCloseTo(4, 1)
  expect(line.at(-1)!.rate).toBeCloseTo(0.01, 10)
  expect(describeRateLine(line)).toBe('The learning rate begins at 0.1 and ends at 0.01.')
  expect(rateLine({ ...settings, learningRate: NaN }, 60_000)).toEqual([])
  expect(rateLine({ ...settings, epochs: NaN }, 60_000)).toEqual([])
})

test('images are held out by their share, and early stopping says what it watches', async () => {
  const draft = await openForm()
  await field('Stop early').trigger('click')
  expect(form.text()).toContain('It watches the test images')
  await field('Validation share').setValue('0.1')
  expect(draft.settings.validation).toBe(0.1)
  expect(form.text()).toContain('6,000 images that nothing is trained on')
  expect(form.text()).toContain('best on the images held out')
  expect(field('Watch').text()).toContain('Validation loss')
  await field('Validation share').setValue('0.000001')
  expect(problemAt('Validation share')).toBe('0.000001 is too small: it holds out none of 60000 images.')
  expect(draft.isSound).toBe(false)
})
