import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, session } from 'electron'
import { readApplication } from '#electron/host/application.ts'
import { createHost } from '#electron/host/host.ts'
import { readPageBundle } from '#electron/host/page/bundle.ts'
import { doctor } from '#electron/setup/doctor.ts'
import { fastestBackend } from '#electron/setup/fastest-backend.ts'
import { presetsFolder, projectFolder } from '#electron/setup/places.ts'
import { resolveDataFolder } from '#electron/store/data-folder.ts'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { serveApp } from './app-protocol.ts'
import { recoverFromCrashes } from './crash.ts'
import { guardContents } from './guards.ts'
import { createUtilityLauncher } from './launcher.ts'
import { openLink } from './links.ts'
import { menuTemplate } from './menu.ts'
import { parseShellOptions } from './options.ts'
import { denyPermissions } from './permissions.ts'
import { quitCleanly } from './quit.ts'
import { mountLab, tellPage } from './rpc.ts'
import { registerAppScheme } from './scheme.ts'
import { claimSingleInstance } from './single-instance.ts'
import { followTheme } from './theme.ts'
import { openWindow } from './window.ts'

/** The folder of this bundle, out/main. */
const HERE = import.meta.dirname

const currentWindow = () => BrowserWindow.getAllWindows()[0] ?? null

// Each of these has to come before Electron is ready.
app.enableSandbox()
registerAppScheme()
guardContents(app)

if (claimSingleInstance(app, currentWindow)) {
  app.whenReady().then(boot).catch(failToStart)
} else {
  app.quit()
}

async function boot(): Promise<void> {
  denyPermissions(session.defaultSession)
  serveApp(session.defaultSession.protocol, readPageBundle(join(HERE, '../renderer')))
  const dataFolder = resolveDataFolder(parseShellOptions(process.argv).dataFolder)
  const host = createHost({
    ...readApplication(projectFolder),
    presetsFolder,
    kind: 'electron',
    dataFolder,
    launcher: createUtilityLauncher(
      { training: join(HERE, 'training.js'), inference: join(HERE, 'inference.js') },
      join(dataFolder, 'logs/engine.log'),
    ),
    doctor,
    fastestBackend,
  })
  quitCleanly(app, () => host.close())
  mountLab(host, ipcMain, currentWindow)
  await followTheme(host, nativeTheme, currentWindow)
  const menu = menuTemplate(
    {
      command: (command) => tellPage(currentWindow(), 'window.command', { command }),
      openLink: (name) => void openLink(name),
    },
    { platform: process.platform, developer: !app.isPackaged },
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
  const window = openWindow({
    preload: join(HERE, '../preload/preload.cjs'),
    stateFile: join(app.getPath('userData'), 'window.json'),
  })
  recoverFromCrashes(window, (reason) => {
    dialog.showErrorBox('Signum has to close', `${reason} What was trained is kept.`)
    app.quit()
  })
}

function failToStart(error: unknown): void {
  dialog.showErrorBox('Signum cannot start', toErrorMessage(error).message)
  app.exit(1)
}
