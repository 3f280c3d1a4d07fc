import { expect, it } from 'vitest'
import type { Snapshot } from '#shared/contract/snapshots.ts'
import { PageCache, type PageRequest } from '../../../../renderer/weights/pageCache.ts'

const request: PageRequest = { id: 'run', layer: 'conv', mode: 'signs', step: 7, from: 0, count: 1 }
const snapshotOf = (signs: number): Snapshot => ({
  mode: 'signs',
  step: 7,
  from: 0,
  count: 1,
  size: 8,
  range: 1,
  values: Uint8Array.of(signs, 0, 0, 0, 0, 0, 0, 0),
})

it('a page that was asked for before the cache was cleared is neither kept nor given to who asks afterwards', async () => {
  const answers: ((snapshot: Snapshot) => void)[] = []
  const pages = new PageCache(() => new Promise((resolve) => answers.push(resolve)))
  const before = pages.get(request)
  pages.clear()
  const after = pages.get(request)
  expect(answers).toHaveLength(2)
  answers[0]!(snapshotOf(0))
  await before
  expect(pages.peek(request)).toBeNull()
  answers[1]!(snapshotOf(255))
  const page = await after
  expect(pages.peek(request)).toBe(page)
  expect(page.values).not.toEqual((await before).values)
  expect(await pages.get(request)).toBe(page)
  expect(answers).toHaveLength(2)
})
