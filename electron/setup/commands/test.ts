import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInForeground } from '../foreground.ts'
import { preparePage } from '../page.ts'
import { modulesFolder, projectFolder } from '../places.ts'
import { addCounts, countLine, playwrightCounts, vitestCounts, type Counts } from '../test-counts.ts'
import { prepareEngine } from './prepare.ts'

/**
 * Runs every test: vitest's projects, then Playwright's. The last line counts both together.
 *
 * @returns 0 when all passed.
 */
export async function test(): Promise<number> {
  await prepareEngine()
  await preparePage()
  const results = mkdtempSync(join(tmpdir(), 'signum-tests-'))
  try {
    const logic = await runVitest(join(results, 'vitest.json'))
    const flows = await runPlaywright(join(results, 'playwright.json'))
    const total = addCounts(logic, flows)
    process.stdout.write(`\n${countLine(total)}\n`)
    return total.failed === 0 ? 0 : 1
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
}

async function runVitest(file: string): Promise<Counts> {
  const script = join(modulesFolder, 'vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runInForeground(process.execPath, [script, 'run', ...reporters], { cwd: projectFolder })
  return vitestCounts(readJson(file), code)
}

async function runPlaywright(file: string): Promise<Counts> {
  const script = join(modulesFolder, '@playwright/test/cli.js')
  const code = await runInForeground(process.execPath, [script, 'test', '--reporter=list,json'], {
    cwd: projectFolder,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  })
  return playwrightCounts(readJson(file), code)
}

/** Null when the runner died before it could write its results. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
