import { expect, test } from 'vitest'
import { RateLimit } from '#electron/server/rate-limit.ts'

test('a rate limit allows a burst, then refills with time and never beyond the burst', () => {
  let now = 0
  const limit = new RateLimit(2, 3, () => now)
  const takeAll = () => {
    let taken = 0
    while (limit.take()) taken += 1
    return taken
  }
  expect(takeAll()).toBe(3)
  now = 400
  expect(takeAll()).toBe(0)
  now = 1000
  expect(takeAll()).toBe(2)
  now = 1_000_000
  expect(takeAll()).toBe(3)
})
