import { z } from 'zod'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const vitestSchema = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() })
const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
})

/** What vitest's JSON report says. */
export function vitestCounts(report: unknown, exitCode: number): Counts {
  const { data } = vitestSchema.safeParse(report)
  if (data === undefined) return NO_REPORT
  return honest(exitCode, {
    passed: data.numPassedTests,
    failed: data.numFailedTests,
    skipped: data.numPendingTests,
  })
}

/** What Playwright's JSON report says; a test that passed only when it was repeated has failed. */
export function playwrightCounts(report: unknown, exitCode: number): Counts {
  const stats = playwrightSchema.safeParse(report).data?.stats
  if (stats === undefined) return NO_REPORT
  return honest(exitCode, { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped })
}

/** A runner that did not come to report anything has failed. */
const NO_REPORT: Counts = { passed: 0, failed: 1, skipped: 0 }

/** A runner that failed without a failed test, such as by a file that does not load, counts as one failure. */
function honest(exitCode: number, counts: Counts): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

export function addCounts(first: Counts, second: Counts): Counts {
  return {
    passed: first.passed + second.passed,
    failed: first.failed + second.failed,
    skipped: first.skipped + second.skipped,
  }
}

export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
