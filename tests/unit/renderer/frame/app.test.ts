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

test('the palette finds a command by its words and runs it', async () => {
  const { lab } = await openWindow()
  press({ key: 'k', ctrlKey: true })
  await flushPromises()
  const search = document.querySelector<HTMLInputElement>('[aria-label="Search commands"]')!
  search.value = 'dark theme'
  search.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
  const found = [...document.querySelectorAll<HTMLElement>('[role="option"]')]
  expect(found.map((option) => option.textContent)).toEqual(['Use the dark theme'])
  found[0]!.click()
  await flushPromises()
  expect(lab.settings['theme']).toBe('dark')
  expect(document.documentElement.dataset['theme']).toBe('dark')
  expect(document.querySelector('[role="dialog"]')).toBeNull()
})

test('the shortcut sheet lists every command that has keys', async () => {
  await openWindow()
  press({ key: '/', ctrlKey: true })
  await flushPromises()
  const sheet = document.querySelector('[role="dialog"]')!.textContent!
  for (const title of ['Go to Learn', 'Go to History', 'Show all commands', 'Show keyboard shortcuts']) {
    expect(sheet).toContain(title)
  }
})

test('the native menu opens rooms as the keys do', async () => {
  const { lab, wrapper } = await openWindow()
  lab.emit('window.command', { command: 'room.history' })
  await flushPromises()
  expect(wrapper.find('nav a[aria-current]').text()).toBe('History')
})

test('what the lab has to tell appears at the bottom and can be dismissed', async () => {
  const { lab, wrapper } = await openWindow()
  lab.emit('lab.notice', { message: 'The database was restored from yesterday’s backup.' })
  await flushPromises()
  expect(wrapper.get('.stack').text()).toContain('restored from yesterday’s backup')
  await wrapper.get('.stack [aria-label="Dismiss"]').trigger('click')
  expect(wrapper.get('.stack').text()).toBe('')
})
