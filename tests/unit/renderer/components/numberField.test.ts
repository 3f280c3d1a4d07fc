import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import NumberField from '../../../../renderer/components/NumberField.vue'

function open(props: { modelValue: number | null; optional?: boolean; step?: number; error?: string }) {
  const wrapper = mount(NumberField, { props: { label: 'Rate', ...props } })
  const values = () => (wrapper.emitted('update:modelValue') ?? []).map(([value]) => value)
  return { wrapper, input: wrapper.get('input'), values }
}

test('what is typed arrives as a number, with a comma or a point', async () => {
  const { input, values } = open({ modelValue: 1 })
  await input.setValue('0.5')
  await input.setValue('0,25')
  await input.setValue('1e-3')
  expect(values()).toEqual([0.5, 0.25, 0.001])
})

test('text that is no number arrives as NaN and stays in sight', async () => {
  const { wrapper, input, values } = open({ modelValue: 1 })
  await input.setValue('ten')
  await wrapper.setProps({ modelValue: NaN })
  expect(values()).toEqual([NaN])
  expect((input.element as HTMLInputElement).value).toBe('ten')
})

test('an empty field means null where a value may be left out, else NaN', async () => {
  const optional = open({ modelValue: 5, optional: true })
  await optional.input.setValue('')
  expect(optional.values()).toEqual([null])
  const required = open({ modelValue: 5 })
  await required.input.setValue(' ')
  expect(required.values()).toEqual([NaN])
})

test('arrow keys add one step, ten with Shift, without binary dust', async () => {
  const { input, values } = open({ modelValue: 0.2, step: 0.1 })
  await input.trigger('keydown', { key: 'ArrowUp' })
  await input.trigger('keydown', { key: 'ArrowDown', shiftKey: true })
  expect(values()).toEqual([0.3, -0.7])
})

test('a value set from outside replaces what was typed', async () => {
  const { wrapper, input } = open({ modelValue: 1 })
  await wrapper.setProps({ modelValue: 20 })
  expect((input.element as HTMLInputElement).value).toBe('20')
})

test('what is wrong is tied to the field', () => {
  const { wrapper, input } = open({ modelValue: 0, error: 'Choose more than 0.' })
  expect(input.attributes('aria-invalid')).toBe('true')
  expect(wrapper.get(`[id="${input.attributes('aria-describedby')}"]`).text()).toBe('Choose more than 0.')
})
