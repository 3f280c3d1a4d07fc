import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Only a test that hangs takes this long; a machine with much else to do is no failure. */
const PATIENCE_MS = 30_000

/** vitest would leave one core idle, of two that is half of them. It has to be said for each project to count. */
const EVERY_CORE = '100%'

/** Logic first, then whole processes: a failure shows up in the cheapest place that can show it. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: ['tests/unit/renderer/**'],
          environment: 'node',
          testTimeout: PATIENCE_MS,
          maxWorkers: EVERY_CORE,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'renderer',
          include: ['tests/unit/renderer/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout: PATIENCE_MS,
          maxWorkers: EVERY_CORE,
          // A thread starts faster than a process, and nothing of the page is native code.
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/{integration,native,fault}/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each of these starts processes of its own; two at once would measure each other's patience.
          fileParallelism: false,
        },
      },
    ],
  },
})
