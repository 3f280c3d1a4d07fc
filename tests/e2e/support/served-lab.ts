import type { Browser, Page } from '@playwright/test'
import type { LabWindow } from './lab-window.ts'
import { ServerProcess } from './server-process.ts'

/** Serves the lab and opens it in a new, empty browser profile. */
export async function openServedLab(browser: Browser, dataFolder: string): Promise<LabWindow> {
  const context = await browser.newContext()
  let server = await ServerProcess.start(dataFolder)
  let page = await open()

  async function open(): Promise<Page> {
    const opened = await context.newPage()
    await opened.goto(server.url)
    return opened
  }

  return {
    get page() {
      return page
    },
    dataFolder,
    restart: async () => {
      await page.close()
      await server.stop()
      server = await ServerProcess.start(dataFolder)
      page = await open()
    },
    close: async () => {
      await context.close()
      await server.stop()
    },
  }
}
