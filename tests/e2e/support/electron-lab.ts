import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronBinary } from '#electron/setup/electron.ts'
import { projectFolder } from '#electron/setup/places.ts'
import type { LabWindow } from './lab-window.ts'

/** Why Electron cannot be tested here, or null. */
export function electronReason(): string | null {
  if (electronBinary() === null) return 'its binary is not installed'
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  return hasScreen ? null : 'there is no screen'
}

/** Starts the real application from its bundle. */
export async function openElectronLab(dataFolder: string): Promise<LabWindow> {
  let { application, page } = await launch(dataFolder)
  return {
    get page() {
      return page
    },
    dataFolder,
    restart: async () => {
      await application.close()
      ;({ application, page } = await launch(dataFolder))
    },
    close: () => application.close(),
  }
}

async function launch(dataFolder: string): Promise<{ application: ElectronApplication; page: Page }> {
  const executablePath = electronBinary()
  if (executablePath === null) throw new Error('Electron is not installed.')
  // Chromium's sandbox refuses to run as root, which only a test machine does.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const application = await _electron.launch({
    executablePath,
    args: [...flags, projectFolder, '--data-dir', dataFolder],
    cwd: projectFolder,
  })
  return { application, page: await application.firstWindow() }
}
