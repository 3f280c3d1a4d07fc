import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import App from '../../../../renderer/App.vue'
import { mountOnPage } from '../mount.ts'

let close: (() => void) | undefined
afterEach(() => {
  close?.()
  location.hash = ''
})

async function openWindow() {
  const { lab, wrapper } = await mountOnPage(App)
  close = () => wrapper.unmount()
  await flushPromises()
  return { lab, wrapper }
}

function press(init: KeyboardEventInit): void {
  document.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
}

test('the rail names the five rooms and marks the one in front', async () => {
  const { wrapper } = await openWindow()
  const links = wrapper.findAll('nav a')
  expect(links.map((link) => link.text())).toEqual(['Learn', 'Build', 'Train', 'Draw', 'History'])
  expect(links.map((link) => link.attributes('aria-current'))).toEqual(['page', ...Array(4).fill(undefined)])
})

test('Alt and a digit opens a room, and the hash names it', async () => {
  const { wrapper } = await openWindow()
  press({ key: '2', code: 'Digit2', altKey: true })
  await flushPromises()
  expect(location.hash).toBe('#/build')
  expect(wrapper.find('nav a[aria-current]').text()).toBe('Build')
})
