import { defineConfig } from '@playwright/test'
import { findBrowser } from './electron/setup/browser.ts'
import type { LabOptions } from './tests/e2e/support/test.ts'

const browser = await findBrowser()

/** The same flows on both hosts: served to a real Chromium, and in Electron where its binary is found. */
export default defineConfig<LabOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/prepare.ts',
  // Each test has a lab and engines of its own; more than two at a time would measure the machine's patience.
  workers: 2,
  forbidOnly: true,
  timeout: 90_000,
  // Generous, because training and a cold TensorFlow share two cores: a wait ends as soon as its condition holds.
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browser.executablePath,
      args: [...browser.args],
      env: { ...(process.env as Record<string, string>), ...browser.environment },
    },
  },
  projects: [
    { name: 'served', use: { host: 'served' } },
    { name: 'electron', use: { host: 'electron' } },
  ],
})
