import { expect, test } from 'vitest'
import { useToastsStore } from '../../../../renderer/stores/toasts.ts'
import { openPage } from '../mount.ts'

test('one message of a kind is shown, the latest', async () => {
  await openPage()
  const toasts = useToastsStore()
  const shown = () => toasts.shown.map(({ message }) => message)
  toasts.show('Left “a” behind.', { kind: 'left behind' })
  toasts.show('Copied the code.')
  toasts.show('Left “b” behind.', { kind: 'left behind' })
  toasts.show('Copied the code.')
  expect(shown()).toEqual(['Left “b” behind.', 'Copied the code.'])
  toasts.dismiss(toasts.shown[0]!.id)
  expect(shown()).toEqual(['Copied the code.'])
})
