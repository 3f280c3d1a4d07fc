import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { RUN_STATUSES } from '#shared/contract/runs.ts'
import {
  firstSorting,
  isOn,
  matchesSearch,
  SORT_KEYS,
  sortRuns,
  STATUS_FILTERS,
} from '../../../../renderer/features/history/listing.ts'
import { summary } from '../runFixtures.ts'

const ids = (runs: readonly { id: string }[]) => runs.map(({ id }) => id).join(' ')

describe('searching', () => {
  const run = summary({ name: 'Wide threshold', status: 'interrupted' })

  it('finds every word anywhere, in any order and case', () => {
    for (const words of ['', 'wide', 'THRESHOLD wide', 'lenet interr', 'mnist', 'run-a', '  wide  ']) {
      expect(matchesSearch(run, words), words).toBe(true)
    }
  })

  it('wants all of the words', () => {
    expect(matchesSearch(run, 'wide finished')).toBe(false)
  })
})

describe('the shelves', () => {
  it('hold every status once, besides "all"', () => {
    for (const status of RUN_STATUSES) {
      const shelves = STATUS_FILTERS.filter((filter) => isOn(filter, status))
      expect(shelves, status).toHaveLength(2)
    }
  })

  it('keep what can be resumed together', () => {
    expect(isOn('stopped', 'interrupted')).toBe(true)
    expect(isOn('active', 'paused')).toBe(true)
    expect(isOn('failed', 'interrupted')).toBe(false)
  })
})

describe('sorting', () => {
  const runs = [
    summary({ id: 'a', name: 'beta', testAccuracy: 0.9, createdAt: '2026-01-01' }),
    summary({ id: 'b', name: 'Alpha', testAccuracy: null, createdAt: '2026-01-03' }),
    summary({ id: 'c', name: 'gamma', testAccuracy: 0.99, createdAt: '2026-01-02' }),
  ]

  it('goes by words without their case, and by numbers', () => {
    expect(ids(sortRuns(runs, { key: 'name', descending: false }))).toBe('b a c')
    expect(ids(sortRuns(runs, { key: 'createdAt', descending: true }))).toBe('b c a')
  })

  it('puts what has no value last either way', () => {
    expect(ids(sortRuns(runs, { key: 'testAccuracy', descending: true }))).toBe('c a b')
    expect(ids(sortRuns(runs, { key: 'testAccuracy', descending: false }))).toBe('a c b')
  })

  it('begins with the best numbers and with the first letters', () => {
    expect(firstSorting('testAccuracy').descending).toBe(true)
    expect(firstSorting('name').descending).toBe(false)
  })

  test.prop([
    fc.constantFrom(...SORT_KEYS),
    fc.boolean(),
    fc.array(fc.record({ testAccuracy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })), seconds: fc.nat(9) })),
  ])('keeps every run, in an order that sorting again does not change', (key, descending, changes) => {
    const some = changes.map((change, index) => summary({ ...change, id: `r${index}` }))
    const sorted = sortRuns(some, { key, descending })
    expect(sorted).toHaveLength(some.length)
    expect(new Set(sorted)).toEqual(new Set(some))
    expect(ids(sortRuns(sorted, { key, descending }))).toBe(ids(sorted))
  })
})
