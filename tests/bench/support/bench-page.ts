import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '#electron/setup/browser.ts'
import { preparePage } from '#electron/setup/page.ts'
import { ServerProcess } from '../../e2e/support/server-process.ts'
import { traceMainThread } from '../../e2e/support/main-thread.ts'
import { countFrames, summarise, takeFrames, type Smoothness } from './smoothness.ts'

/** The lab in a real Chromium, on a data folder of its own. */
export interface BenchPage {
  readonly page: Page
  /** Says how smooth the page is while some work is done in it. */
  measure(work: () => Promise<void>): Promise<Smoothness>
}

/** Opens the lab after its folder has been filled, and puts everything away when the work is done. */
export async function withBenchPage(fill: (folder: string) => void, work: (bench: BenchPage) => Promise<void>) {
  await preparePage()
  const folder = mkdtempSync(join(tmpdir(), 'signum-bench-'))
  fill(folder)
  const server = await ServerProcess.start(folder)
  const { executablePath, args, environment } = await findBrowser()
  const browser = await chromium.launch({ executablePath, args: [...args], env: { ...process.env, ...environment } })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await countFrames(page)
    await page.goto(server.url)
    await work({ page, measure: (part) => measure(browser, page, part) })
  } finally {
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(browser: Browser, page: Page, work: () => Promise<void>): Promise<Smoothness> {
  let frames: number[] = []
  const tasks = await traceMainThread(browser, page, async () => {
    await takeFrames(page)
    await work()
    frames = await takeFrames(page)
  })
  return summarise(frames, tasks)
}
