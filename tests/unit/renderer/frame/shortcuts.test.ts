import { expect, test } from 'vitest'
import { isTaken, matches } from '../../../../renderer/features/frame/shortcuts.ts'

const press = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...init })

test.each([
  ['Ctrl+K', press('k', { ctrlKey: true }), true],
  ['Ctrl+K', press('k', { metaKey: true }), true],
  ['Ctrl+K', press('k'), false],
  ['Ctrl+K', press('k', { ctrlKey: true, altKey: true }), false],
  ['Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['Ctrl+Z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  // On some keyboards "/" is Shift+7, and Alt with a digit types another character.
  ['Ctrl+/', press('/', { ctrlKey: true, shiftKey: true }), true],
  ['Alt+1', press('¡', { altKey: true, code: 'Digit1' }), true],
  ['Ctrl+Enter', press('Enter', { ctrlKey: true }), true],
  ['Space', press(' '), true],
])('%s is or is not the key that was pressed', (keys, event, expected) => {
  expect(matches(keys, event)).toBe(expected)
})

test.each([
  ['a', '8', false],
  ['button', 'n', false],
  ['a', 'Enter', true],
  ['a', ' ', false],
  ['button', ' ', true],
  ['button', 'Delete', true],
  ['input', '8', true],
  ['div', '8', false],
])('with the focus on <%s>, the key "%s" is taken: %s', (element, key, expected) => {
  const target = document.body.appendChild(document.createElement(element))
  let taken: boolean | null = null
  target.addEventListener('keydown', (event) => (taken = isTaken(event)))
  target.dispatchEvent(press(key))
  target.remove()
  expect(taken).toBe(expected)
})

test('a tick box takes the space bar, which ticks it, but no letter', () => {
  const target = Object.assign(document.body.appendChild(document.createElement('input')), { type: 'checkbox' })
  const taken: boolean[] = []
  target.addEventListener('keydown', (event) => taken.push(isTaken(event)))
  for (const key of [' ', '.', 's']) target.dispatchEvent(press(key))
  target.remove()
  expect(taken).toEqual([true, false, false])
})

test.each([
  ['button', '', false],
  ['button', 'role="radio"', false],
  ['div', 'role="slider"', false],
  ['button', 'role="switch"', true],
  ['input', 'type="checkbox"', true],
  ['input', 'type="text"', true],
  ['select', '', true],
  ['textarea', '', true],
])('the space bar of a <%s %s> that was clicked is taken: %s', (element, attributes, expected) => {
  document.body.innerHTML = `<${element} ${attributes}></${element}>`
  const target = document.body.firstElementChild!
  let taken: boolean | null = null
  target.addEventListener('keydown', (event) => (taken = isTaken(event as KeyboardEvent, true)))
  target.dispatchEvent(press(' '))
  expect(taken).toBe(expected)
  document.body.innerHTML = ''
})

test('a button that was clicked still takes Enter, and none of its letters', () => {
  const target = document.body.appendChild(document.createElement('button'))
  const taken: boolean[] = []
  target.addEventListener('keydown', (event) => taken.push(isTaken(event, true)))
  for (const key of ['Enter', 's']) target.dispatchEvent(press(key))
  target.remove()
  expect(taken).toEqual([true, false])
})
