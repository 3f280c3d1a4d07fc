import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatPlace, parsePlace, useRoomStore } from '../../../../renderer/stores/room.ts'

let room: ReturnType<typeof useRoomStore>
beforeEach(() => {
  history.replaceState(null, '', '#/learn')
  setActivePinia(createPinia())
  room = useRoomStore()
})
afterEach(() => room.dispose())

test.each([
  ['#/train/01J8', { room: 'train', detail: '01J8' }],
  ['#/draw', { room: 'draw', detail: null }],
  ['', { room: 'learn', detail: null }],
  ['#/nowhere/7', { room: 'learn', detail: null }],
  ['#/train/100%', { room: 'train', detail: null }],
  ['#/build/a%2Fb', { room: 'build', detail: 'a/b' }],
] as const)('the hash %j names a place', (hash, place) => {
  expect(parsePlace(hash)).toEqual(place)
})

test('a place survives its way through the hash', () => {
  const place = { room: 'build', detail: 'my net/2' } as const
  expect(parsePlace(formatPlace(place))).toEqual(place)
})

test('going back to a room shows what was open in it', () => {
  room.go('train', 'run-7')
  room.go('learn')
  room.go('train')
  expect(room.detail).toBe('run-7')
  room.go('train', null)
  expect(room.detail).toBeNull()
})

test('the back button of the browser leads to the room before', async () => {
  location.hash = '#/draw'
  await new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }))
  expect(room.room).toBe('draw')
})
