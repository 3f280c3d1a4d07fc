import { expect, it } from 'vitest'
import { insertRun, temporaryStore } from '../../fixtures/store.ts'

it('the answers of an epoch come back byte for byte, and go with what came after a checkpoint', () => {
  using place = temporaryStore()
  const { runs, predictions } = place.store
  insertRun(place.store, 'a')
  const answers = { predicted: Uint8Array.of(1, 2, 255), losses: Uint8Array.of(0, 16, 255) }
  for (const epoch of [1, 2, 3]) predictions.put('a', epoch, answers)
  expect(predictions.get('a', 2)).toEqual(answers)
  predictions.put('a', 2, { ...answers, predicted: Uint8Array.of(9, 9, 9) })
  expect(predictions.get('a', 2)!.predicted).toEqual(Uint8Array.of(9, 9, 9))
  predictions.deleteAfter('a', 2)
  expect(predictions.epochs('a')).toEqual([1, 2])
  expect(predictions.get('a', 3)).toBeUndefined()
  runs.delete('a')
  expect(predictions.epochs('a')).toEqual([])
})
