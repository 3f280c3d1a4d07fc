import { expect, it } from 'vitest'
import type { RunDetail } from '#shared/contract/runs.ts'
import { whyNothing } from '../../../../renderer/features/train/weights/nothing.ts'
import { detail } from '../runFixtures.ts'

const why = (change: Partial<RunDetail>) => {
  const run = detail(change)
  return whyNothing(run, run).text
}
const { settings, spec } = detail()
const float = { binaryParameters: 0, status: 'running' } as const

it('a run without frames says why, as far as is known', () => {
  expect(why({ status: 'running' })).toContain('The first comes with the first step.')
  expect(why({ status: 'stopped' })).toContain('ended before its first step')
  expect(why({ settings: { ...settings, recordWeights: false } })).toContain('without “Record weights in motion”')
  expect(whyNothing(detail({ status: 'running' }), null).text).toContain('The first comes with the first step.')
})

it('a run of a network without binary layers says so, unless it watches one of the others', () => {
  expect(why(float)).toContain('watched no layer')
  const layers = spec.layers.map((layer, index) => (index === 0 ? { ...layer, watchWeights: true } : layer))
  expect(why({ ...float, spec: { ...spec, layers } })).toContain('The first comes with the first step.')
})
