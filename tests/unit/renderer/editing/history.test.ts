import { expect, test } from 'vitest'
import { record, redo, startHistory, undo, type History } from '../../../../renderer/editing/history.ts'

const typed = (history: History<string>, text: string, at: number, burst: string | null = 'name') =>
  record(history, text, { label: `type ${text}`, burst, at })

test('an edit can be undone and redone under its label', () => {
  const edited = record(startHistory('a'), 'b', { label: 'move QConv2d', at: 0 })
  expect(edited.past.at(-1)?.label).toBe('move QConv2d')
  const undone = undo(edited)
  expect(undone.present).toBe('a')
  expect(undone.future.at(-1)?.label).toBe('move QConv2d')
  expect(redo(undone).present).toBe('b')
})

test('keystrokes that follow each other in one field are one step', () => {
  let history = startHistory('')
  for (const [index, text] of ['L', 'Le', 'LeN', 'LeNet'].entries()) history = typed(history, text, index * 300)
  expect(history.past).toHaveLength(1)
  expect(undo(history).present).toBe('')
})

test('a pause, another field or an undo between ends the burst', () => {
  const first = typed(startHistory(''), 'a', 0)
  expect(typed(first, 'ab', 5000).past).toHaveLength(2)
  expect(typed(first, 'ab', 10, 'seed').past).toHaveLength(2)
  expect(typed(redo(undo(first)), 'ab', 10).past).toHaveLength(2)
  expect(typed(typed(startHistory(''), 'a', 0, null), 'ab', 1, null).past).toHaveLength(2)
})

test('a burst that ends where it began leaves no step', () => {
  const history = startHistory({ kernelSize: 5 })
  const away = record(history, { kernelSize: NaN }, { label: 'change', burst: 'k', at: 0 })
  expect(away.past).toHaveLength(1)
  const back = record(away, { kernelSize: 5 }, { label: 'change', burst: 'k', at: 10 })
  expect(back.past).toHaveLength(0)
  expect(back.present).toBe(history.present)
})

test('an edit after an undo leaves nothing to redo', () => {
  const undone = undo(typed(startHistory(''), 'a', 0))
  expect(typed(undone, 'b', 10).future).toEqual([])
})

test('what changes nothing is no step', () => {
  const history = startHistory({ layers: ['a'] })
  expect(record(history, { layers: ['a'] }, { label: 'move', at: 0 })).toBe(history)
  expect(undo(history)).toBe(history)
  expect(redo(history)).toBe(history)
})
