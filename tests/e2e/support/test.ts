import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { electronReason, openElectronLab } from './electron-lab.ts'
import type { LabWindow } from './lab-window.ts'
import { openServedLab } from './served-lab.ts'
import { trainNotebookPair } from './trained-folder.ts'

export { expect } from '@playwright/test'

export interface LabOptions {
  host: 'served' | 'electron'
}

interface LabFixtures {
  /** A lab on an empty data folder. */
  lab: LabWindow
  /** A lab with two finished runs, one per notebook network. */
  trainedLab: LabWindow
  /** Opens a lab on a new data folder, filled first, and closes both afterwards. */
  withLab: (fill: (dataFolder: string) => void, work: (lab: LabWindow) => Promise<void>) => Promise<void>
}

export interface LabWorkerOptions {
  /** How many images the runs of `trainedLab` have seen: the fewest that tell a 1 from a 0, if left out. */
  trainedImages: number
}

interface LabWorkerFixtures {
  trainedFolder: string
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'signum-e2e-'))
const removeFolder = (path: string) => rmSync(path, { recursive: true, force: true, maxRetries: 5 })

/** Playwright's test, with a lab. */
export const test = base.extend<LabOptions & LabFixtures, LabWorkerOptions & LabWorkerFixtures>({
  host: ['served', { option: true }],
  trainedImages: [3000, { option: true, scope: 'worker' }],

  withLab: async ({ host, browser }, use) => {
    const reason = host === 'electron' ? electronReason() : null
    test.skip(reason !== null, `Electron: ${reason}`)
    await use(async (fill, work) => {
      const folder = newFolder()
      try {
        fill(folder)
        const lab = await (host === 'electron' ? openElectronLab(folder) : openServedLab(browser, folder))
        // Closing is part of the test: a lab that cannot put its things away has failed.
        await work(lab).finally(() => lab.close())
      } finally {
        removeFolder(folder)
      }
    })
  },

  lab: ({ withLab }, use) => withLab(() => {}, use),

  trainedLab: ({ withLab, trainedFolder }, use) =>
    withLab((folder) => cpSync(trainedFolder, folder, { recursive: true }), use),

  trainedFolder: [
    async ({ trainedImages }, use) => {
      const folder = newFolder()
      await trainNotebookPair(folder, trainedImages)
      await use(folder)
      removeFolder(folder)
    },
    { scope: 'worker', timeout: 480_000 },
  ],
})
