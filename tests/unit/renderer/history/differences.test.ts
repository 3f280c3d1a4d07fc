import { expect, it } from 'vitest'
import { compareRuns } from '../../../../renderer/features/history/differences.ts'
import { detail } from '../runFixtures.ts'

it('runs differ in what was changed between them, not in their ids', () => {
  const one = detail({ id: 'one' })
  const two = detail({ id: 'two', settings: { ...one.settings, learningRate: 0.01 }, testAccuracy: null })
  const facts = compareRuns([one, two])
  expect(facts.filter(({ differs }) => differs)).toEqual([
    { label: 'Test accuracy', values: ['97.00 %', '–'], differs: true },
    { label: 'Learning rate', values: ['0.001', '0.01'], differs: true },
  ])
  expect(facts.length).toBeGreaterThan(15)
  expect(compareRuns([])).toEqual([])
})
