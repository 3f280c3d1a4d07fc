import { beforeAll, describe, expect, test } from 'vitest'
import { buildHarness, runHarness } from './build-harness.ts'

/** Compiling with both sanitizers takes most of a minute where nothing is cached. */
const COMPILE_LIMIT_MS = 300_000

describe('the kernels under the address and undefined-behaviour sanitizers', () => {
  let harness: string
  beforeAll(async () => {
    harness = await buildHarness()
  }, COMPILE_LIMIT_MS)

  test.for([1, 2])('equal the reference on every instruction set, seed %i', async (seed) => {
    const { failures, passed, output } = await runHarness(harness, seed)
    expect(failures, output).toEqual([])
    expect(passed).toBeGreaterThan(500)
  })

  test('replay the same numbers for the same seed', async () => {
    const first = await runHarness(harness, 7)
    const second = await runHarness(harness, 7)
    expect(second.output).toBe(first.output)
  })
})
