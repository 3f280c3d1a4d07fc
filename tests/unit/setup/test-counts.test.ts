import { describe, expect, it } from 'vitest'
import { addCounts, countLine, playwrightCounts, vitestCounts } from '#electron/setup/test-counts.ts'

const logic = { numPassedTests: 40, numFailedTests: 0, numPendingTests: 2 }
const flows = { stats: { expected: 9, unexpected: 0, flaky: 0, skipped: 3 } }

describe('the counts of both runners', () => {
  it('are added up in one line', () => {
    const total = addCounts(vitestCounts(logic, 0), playwrightCounts(flows, 0))
    expect(countLine(total)).toBe('49 passed, 0 failed, 5 skipped')
  })

  it('leave out skipped tests where there are none', () => {
    expect(countLine({ passed: 1, failed: 2, skipped: 0 })).toBe('1 passed, 2 failed')
  })

  it('count a test that passed only when repeated as failed', () => {
    expect(playwrightCounts({ stats: { ...flows.stats, flaky: 1 } }, 0).failed).toBe(1)
  })

  it('count a runner that failed without a failed test, or without a report, as one failure', () => {
    expect(vitestCounts(logic, 1).failed).toBe(1)
    expect(playwrightCounts(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('count a runner that ended well without a report as a failure', () => {
    expect(vitestCounts(null, 0).failed).toBe(1)
    expect(playwrightCounts({}, 0).failed).toBe(1)
  })
})
