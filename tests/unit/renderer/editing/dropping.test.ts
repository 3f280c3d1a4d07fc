import { expect, test } from 'vitest'
import { dropIndex, markerAt, scrollSpeed } from '../../../../renderer/editing/dropping.ts'

const blocks = [
  { top: 0, bottom: 30 },
  { top: 30, bottom: 90 },
  { top: 90, bottom: 120 },
]

test.each([
  [-5, 0],
  [14, 0],
  [16, 1],
  [59, 1],
  [61, 2],
  [500, 3],
])('what is dropped at %d goes before block %d', (y, index) => {
  expect(dropIndex(blocks, y)).toBe(index)
})

test('an empty stack takes whatever is dropped on it', () => {
  const empty = [blocks[0]!, { ...blocks[1]!, takesAll: true }, blocks[2]!]
  expect(dropIndex(empty, 89)).toBe(1)
  expect(dropIndex(empty, 91)).toBe(2)
})

test('the marker stands between two blocks, at the end, or where an empty stack begins', () => {
  expect(markerAt(blocks, 1, 7)).toBe(30)
  expect(markerAt(blocks, 3, 7)).toBe(120)
  expect(markerAt([], 0, 7)).toBe(7)
})

test('the stack scrolls near its edges only, faster nearer to them', () => {
  const box = { top: 100, bottom: 500 }
  expect(scrollSpeed(box, 300)).toBe(0)
  expect(scrollSpeed(box, 120)).toBeLessThan(0)
  expect(scrollSpeed(box, 495)).toBeGreaterThan(scrollSpeed(box, 460))
  expect(scrollSpeed(box, 2000)).toBe(scrollSpeed(box, 500))
})
