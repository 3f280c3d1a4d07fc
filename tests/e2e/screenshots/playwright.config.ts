import { defineConfig } from '@playwright/test'
import type { LabOptions, LabWorkerOptions } from '../support/test.ts'
import base from '../../../playwright.config.ts'

/** Takes the README's pictures: `npm run screenshots`. */
export default defineConfig<LabOptions, LabWorkerOptions>({
  ...base,
  testDir: '.',
  testMatch: 'rooms.ts',
  globalSetup: '../support/prepare.ts',
  outputDir: '../../../test-results',
  timeout: 600_000,
  projects: [{ name: 'served', use: { host: 'served', trainedImages: 20_000 } }],
})
