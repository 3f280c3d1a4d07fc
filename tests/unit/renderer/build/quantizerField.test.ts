import type { VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import BuildRoom from '../../../../renderer/features/build/BuildRoom.vue'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'

let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())

async function inspect(layer: string): Promise<VueWrapper> {
  ;({ wrapper } = await mountOnPage(BuildRoom, { lab: new FakeLab() }))
  await allPieces()
  await wrapper.get(`[data-layer="${layer}"]`).trigger('click')
  return wrapper
}

function field(page: VueWrapper, label: string) {
  const labels = page.findAll('.inspector label')
  return page.get(`[id="${labels.find((entry) => entry.text() === label)!.attributes('for')}"]`)
}

const curves = (page: VueWrapper) => page.findAll('svg.curve').map((svg) => svg.attributes('aria-label'))
const quantizer = () => (useDraftStore().active as unknown as { quantizer: unknown }).quantizer

test('a quantizer is chosen with its parameters, and the curve follows them', async () => {
  const page = await inspect('sign1')
  expect(curves(page)).toEqual([expect.stringMatching(/^Sign: x becomes −1, 1\./)])
  await field(page, 'Quantizer').setValue('swishsign')
  expect(quantizer()).toEqual({ type: 'swishsign', beta: 5 })
  await field(page, 'β').setValue('3')
  expect(curves(page)[0]).toContain('SwishSign')
  expect(curves(page)[0]).toContain('3 at zero')
  await field(page, 'Gradient cancellation').setValue('0.5')
  expect(curves(page)[0]).toContain('from x = −0.5 to 0.5')
})

test('choosing one is a step, typing its parameter another, each by its name', async () => {
  const page = await inspect('sign1')
  await field(page, 'Quantizer').setValue('approxsign')
  await field(page, 'Quantizer').setValue('swishsign')
  for (const text of ['3', '3.', '3.5']) await field(page, 'β').setValue(text)
  const draft = useDraftStore()
  expect(draft.undoLabel).toBe('change beta of the quantizer of QActivation')
  draft.undo()
  expect(quantizer()).toEqual({ type: 'swishsign', beta: 5 })
  expect(draft.undoLabel).toBe('change quantizer of QActivation')
  draft.undo()
  expect(quantizer()).toBe('approxsign')
  draft.undo()
  expect(quantizer()).toBe('sign')
  draft.redo()
  expect(quantizer()).toBe('approxsign')
})

test('a wrong parameter is named, at the layer too, and has no curve', async () => {
  const page = await inspect('sign1')
  await field(page, 'Quantizer').setValue('inputdorefa')
  await field(page, 'Bits').setValue('99')
  expect(page.get('.inspector').text()).toContain('99 is too large: choose at most 8.')
  expect(page.get('#problem-sign1').text()).toContain('Its setting “quantizer” is not valid.')
  expect(curves(page)).toEqual([])
  await field(page, 'Bits').setValue('')
  expect(page.get('.inspector').text()).toContain('Enter a number.')
  await field(page, 'Bits').setValue('2')
  expect(page.find('#problem-sign1').exists()).toBe(false)
})

test('only weights can be scaled, and only inputs go through gradient cancellation', async () => {
  const page = await inspect('linear1')
  const offered = (label: string) =>
    field(page, label)
      .findAll('option')
      .map((option) => option.text())
  expect(offered('Weight quantizer')).toContain('MagnitudeAwareSign')
  expect(offered('Input quantizer')).not.toContain('MagnitudeAwareSign')
  expect(curves(page)[0]).toContain('none beyond')
  expect(curves(page)[1]).toContain('passes wherever x is')
})
