import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { SignumError } from '#shared/contract/errors.ts'
import BuildRoom from '../../../../renderer/features/build/BuildRoom.vue'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { useRoomStore } from '../../../../renderer/stores/room.ts'
import { useToastsStore } from '../../../../renderer/stores/toasts.ts'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  location.hash = ''
})

async function openBuild(lab = new FakeLab()) {
  ;({ wrapper } = await mountOnPage(BuildRoom, { lab }))
  await allPieces()
  return { lab, page: wrapper }
}

const rows = (page: VueWrapper) => page.findAll('tbody tr.row')
const row = (page: VueWrapper, id: string) => rows(page).find((entry) => entry.text().includes(id))!
const layerButton = (page: VueWrapper, id: string) => page.get(`[data-layer="${id}"]`)

function button(page: VueWrapper, name: string) {
  return page.findAll('button').find((entry) => entry.text() === name || entry.attributes('aria-label') === name)!
}

function field(page: VueWrapper, label: string) {
  const id = page
    .findAll('label')
    .find((entry) => entry.text().startsWith(label))!
    .attributes('for')
  return page.get(`[id="${id}"]`)
}

test('shows every layer of the notebook’s binary network with its real numbers', async () => {
  const { page } = await openBuild()
  expect(rows(page)).toHaveLength(14)
  expect(row(page, 'conv2').text()).toContain('8×8×64')
  expect(row(page, 'conv2').text()).toContain('102,400')
  expect(page.get('.totals').text()).toContain('1,141,330')
  expect(page.get('.totals').text()).toContain('22.8×')
})

test('tells what was measured of a preset as long as it is as it came', async () => {
  const { page } = await openBuild()
  const inspector = page.get('[aria-labelledby="inspector-title"]')
  expect(inspector.text()).toMatch(/^LeNet, binary.* reached 98\.44 % on MNIST’s test images/)
  await field(page, 'Epochs').setValue('2')
  expect(inspector.text()).toMatch(/^No layer selected/)
  expect(inspector.text()).not.toContain('98.44')
})

test('Start sends the network and the settings of the form, and goes to Train with the new run', async () => {
  const { lab, page } = await openBuild()
  await field(page, 'Epochs').setValue('2')
  await field(page, 'Training images').setValue('200')
  await button(page, 'Start').trigger('click')
  await flushPromises()
  expect(lab.runs).toHaveLength(1)
  expect(lab.runs[0]).toMatchObject({ network: 'lenet-binary', settings: { epochs: 2, limit: 200, shuffle: false } })
  expect(location.hash).toBe('#/train/run-1')
})

test('Start says why it does not, wherever the reason stands', async () => {
  const { lab, page } = await openBuild()
  const said = () => useToastsStore().shown.map(({ message }) => message)
  await field(page, 'Epochs').setValue('0')
  await button(page, 'Start').trigger('click')
  expect(said()).toEqual(['Not started. Epochs: 0 is too small: choose at least 1.'])
  useDraftStore().clear()
  await button(page, 'Start').trigger('click')
  expect(said()).toEqual(['Not started. The network has no layers. Add one from the list on the left.'])
  expect(lab.runs).toEqual([])
})

test('Start makes a group of runs with the seeds that follow, and refuses a number that makes none', async () => {
  const { lab, page } = await openBuild()
  await field(page, 'Repeat with').setValue('0')
  await button(page, 'Start').trigger('click')
  await flushPromises()
  expect(page.text()).toContain('Choose a whole number from 1 to 20.')
  expect(lab.runs).toHaveLength(0)
  await field(page, 'Seed').setValue('7')
  await field(page, 'Repeat with').setValue('3')
  expect(page.text()).toContain('seeds 7 to 9')
  await button(page, 'Start 3 runs').trigger('click')
  await flushPromises()
  expect(lab.runs.map(({ seed }) => seed)).toEqual([7, 8, 9])
  expect(new Set(lab.runs.map(({ groupId }) => groupId)).size).toBe(1)
  expect(location.hash).toBe('#/train/run-1')
})

test('a bad setting is named at its field and nothing is started', async () => {
  const { lab, page } = await openBuild()
  await field(page, 'Learning rate').setValue('0')
  await button(page, 'Start').trigger('click')
  await flushPromises()
  const input = field(page, 'Learning rate')
  expect(input.attributes('aria-invalid')).toBe('true')
  expect(page.get(`[id="${input.attributes('aria-describedby')}"]`).text()).toBe('0 is too small: choose more than 0.')
  expect(lab.requests.some(({ method }) => method === 'runs.start')).toBe(false)
})

test('a shape that cannot be stands at its layer, with the fix, and Start selects that layer', async () => {
  const { page } = await openBuild()
  await layerButton(page, 'flatten').trigger('click')
  await button(page, 'Remove').trigger('click')
  expect(page.get('#problem-linear1').text()).toContain('Insert Flatten before it.')
  useDraftStore().selectedId = null
  await button(page, 'Start').trigger('click')
  expect(useDraftStore().selectedId).toBe('linear1')
})

test('a layer that takes the sign of pixels is advised against, can be started, and its button repairs it', async () => {
  const { lab, page } = await openBuild()
  const draft = useDraftStore()
  draft.openSpec({ ...draft.spec, layers: draft.layers.slice(4) }, draft.settings)
  await flushPromises()
  const advice = page.get('#problem-sign1')
  expect(advice.text()).toMatch(/^Every input here is 0 or more, so its sign is always \+1/)
  expect(layerButton(page, 'sign1').attributes('aria-describedby')).toBe('problem-sign1')
  expect(draft.isSound).toBe(true)
  await button(page, 'Start').trigger('click')
  await flushPromises()
  expect(lab.runs).toHaveLength(1)
  await button(page, 'Insert BatchNorm').trigger('click')
  expect(draft.layers.slice(0, 2).map(({ type }) => type)).toEqual(['BatchNorm', 'QActivation'])
  expect(page.find('#problem-sign1').exists()).toBe(false)
})

test('what the lab refuses stands at the field that it names', async () => {
  const refuse = () => {
    throw new SignumError('invalid_settings', 'The seed 1 is taken.', { place: { field: 'settings.seed' } })
  }
  const { page } = await openBuild(new FakeLab({ 'runs.start': refuse }))
  await button(page, 'Start').trigger('click')
  await flushPromises()
  expect(page.get(`[id="${field(page, 'Seed').attributes('aria-describedby')}"]`).text()).toBe('The seed 1 is taken.')
  await field(page, 'Seed').setValue('2')
  expect(field(page, 'Seed').attributes('aria-invalid')).toBeUndefined()
})

test('a parameter edited in the inspector changes what follows from it', async () => {
  const { page } = await openBuild()
  await layerButton(page, 'linear1').trigger('click')
  await field(page, 'Output features').setValue('500')
  expect(row(page, 'norm3').text()).toContain('500')
  expect(row(page, 'linear2').text()).toContain('5,010')
})

test('watching a layer is one step, marked on its block, and leaves nothing behind when taken back', async () => {
  const { page } = await openBuild()
  const draft = useDraftStore()
  const before = JSON.stringify(draft.spec)
  await layerButton(page, 'conv2').trigger('click')
  await field(page, 'Watch weights').trigger('click')
  await field(page, 'Watch activations').trigger('click')
  expect(draft.active).toMatchObject({ id: 'conv2', watchWeights: true, watchActivations: true })
  expect(layerButton(page, 'conv2').text()).toContain('Watches weights and activations')
  expect(layerButton(page, 'norm2').text()).not.toContain('Watches')
  expect(draft.undoLabel).toBe('change watch activations of QConv2d_NoAct')
  await field(page, 'Watch weights').trigger('click')
  await field(page, 'Watch activations').trigger('click')
  expect(JSON.stringify(draft.spec)).toBe(before)
})

test.for(['tanh1', 'norm1'])('%s has no filters to watch', async (id) => {
  const { page } = await openBuild()
  await layerButton(page, id).trigger('click')
  expect(page.text()).toContain('Watch activations')
  expect(page.text()).not.toContain('Watch weights')
})

test('the training makes room for a selected layer, and opens again for what is wrong with it', async () => {
  const { page } = await openBuild()
  const draft = useDraftStore()
  const training = () => page.findAll('button').find((entry) => entry.text().startsWith('Training'))!
  await layerButton(page, 'conv1').trigger('click')
  expect(page.find('form').exists()).toBe(false)
  expect(training().text()).toBe('TrainingMNIST · 10 epochs · Adam 0.001')
  await training().trigger('click')
  expect(training().attributes('aria-expanded')).toBe('true')
  expect(page.find('form').exists()).toBe(true)
  await training().trigger('click')
  draft.setSetting('epochs', 0)
  await flushPromises()
  expect(field(page, 'Epochs').attributes('aria-invalid')).toBe('true')
})

test('layers are added after the selected one, moved and removed by keys', async () => {
  const { page } = await openBuild()
  await layerButton(page, 'tanh3').trigger('click')
  await button(page, 'Dropout').trigger('click')
  const draft = useDraftStore()
  expect(draft.layers.map(({ id }) => id).slice(-3)).toEqual(['tanh3', 'dropout1', 'linear2'])
  await layerButton(page, 'dropout1').trigger('keydown', { key: 'ArrowUp', altKey: true })
  expect(draft.layers.map(({ id }) => id).slice(-3)).toEqual(['dropout1', 'tanh3', 'linear2'])
  await layerButton(page, 'dropout1').trigger('keydown', { key: 'Delete' })
  expect(draft.layers.map(({ id }) => id)).not.toContain('dropout1')
  expect(draft.selectedId).toBe('tanh3')
})

test('Train both starts the network and its twin with the settings of the form', async () => {
  const { lab, page } = await openBuild()
  await field(page, 'Epochs').setValue('1')
  await button(page, 'Train both').trigger('click')
  await flushPromises()
  expect(lab.runs.map(({ network, epochs }) => [network, epochs])).toEqual([
    ['lenet-binary', 1],
    ['lenet-twin', 1],
  ])
  // In one request: the lab divides the processor between those that begin together.
  expect(lab.requests.filter(({ method }) => method.startsWith('runs.start'))).toHaveLength(1)
  expect(location.hash).toBe('#/train/run-1')
})

test('a changed network is saved under a new name and stays on the bench', async () => {
  const { lab, page } = await openBuild()
  await button(page, 'Save').trigger('click')
  await flushPromises()
  const name = document.querySelector<HTMLInputElement>('[role="dialog"] input')!
  expect(name.value).toBe('lenet-binary-2')
  document.querySelector<HTMLFormElement>('#save-network')!.requestSubmit()
  await flushPromises()
  expect(lab.networks.at(-1)).toMatchObject({ source: 'saved', title: 'lenet-binary-2' })
  expect(useDraftStore().origin?.title).toBe('lenet-binary-2')
  expect(location.hash).toBe('#/build/saved-3')
})

test('a network named in the location is opened', async () => {
  location.hash = '#/build/lenet-twin'
  await openBuild()
  expect(useDraftStore().name).toBe('lenet-twin')
})

test('changes left behind by opening another network come back by Undo', async () => {
  const { page } = await openBuild()
  await field(page, 'Epochs').setValue('3')
  useRoomStore().go('build', 'lenet-twin')
  await flushPromises()
  expect(useDraftStore().name).toBe('lenet-twin')
  const toast = useToastsStore().shown.at(-1)!
  expect(toast.message).toBe('Left the changes to “lenet-binary” behind.')
  toast.action!.run()
  expect(useDraftStore()).toMatchObject({ name: 'lenet-binary', isChanged: true })
  expect(useDraftStore().settings.epochs).toBe(3)
})

test('a saved network is removed with the way back', async () => {
  const lab = new FakeLab()
  const { spec, settings } = lab.presets[1]!
  await lab.request('networks.save', { spec: { ...spec, name: 'mine' }, settings })
  const { page } = await openBuild(lab)
  await button(page, 'Remove mine').trigger('click')
  await flushPromises()
  expect(lab.networks.map(({ title }) => title)).not.toContain('mine')
  useToastsStore().shown.at(-1)!.action!.run()
  await flushPromises()
  expect(lab.networks.map(({ title }) => title)).toContain('mine')
})

test('a list of networks that cannot be had is a sentence with a way to try again', async () => {
  let fails = true
  const presets = new FakeLab().presets
  const lab = new FakeLab({
    'networks.list': () => {
      if (fails) throw new SignumError('file_unreadable', 'The presets cannot be read.')
      return presets
    },
  })
  const { page } = await openBuild(lab)
  expect(page.get('.networks').text()).toContain('The presets cannot be read.')
  fails = false
  await button(page, 'Try again').trigger('click')
  await flushPromises()
  expect(rows(page)).toHaveLength(14)
})

test('Make a twin is one step there and one back', async () => {
  const { page } = await openBuild()
  const draft = useDraftStore()
  await button(page, 'Make a twin').trigger('click')
  expect(draft.spec).toEqual(new FakeLab().presets.find(({ id }) => id === 'lenet-twin')!.spec)
  await button(page, 'Undo make it full precision').trigger('click')
  expect(draft.isChanged).toBe(false)
})

test('a network without a twin says why', async () => {
  const { page } = await openBuild()
  const draft = useDraftStore()
  draft.remove(draft.layers.map(({ id }) => id))
  draft.add('Flatten')
  draft.add('Linear')
  await button(page, 'Make a twin').trigger('click')
  expect(useToastsStore().shown.at(-1)!.message).toContain('has no binary version')
})

test('the code follows the network, and says what is missing for it', async () => {
  const { page } = await openBuild()
  await button(page, 'Show this network as PyTorch code').trigger('click')
  await flushPromises()
  const dialog = () => document.querySelector('[role="dialog"]')!.textContent
  expect(dialog()).toContain('QLinear(1024, 1000),  # linear1')
  useDraftStore().setParameter('linear1', 'outFeatures', 500)
  await flushPromises()
  expect(dialog()).toContain('QLinear(1024, 500),  # linear1')
  useDraftStore().setParameter('linear1', 'outFeatures', NaN)
  await flushPromises()
  expect(dialog()).toContain('Put the settings of “linear1” right first.')
})
