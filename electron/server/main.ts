import { join } from 'node:path'
import { readApplication } from '#electron/host/application.ts'
import { createHost } from '#electron/host/host.ts'
import { createForkLauncher } from '#electron/host/launchers/fork.ts'
import { readPageBundle, type PageBundle } from '#electron/host/page/bundle.ts'
import { doctor } from '#electron/setup/doctor.ts'
import { fastestBackend } from '#electron/setup/fastest-backend.ts'
import { presetsFolder, projectFolder } from '#electron/setup/places.ts'
import { resolveDataFolder } from '#electron/store/data-folder.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import { openBrowser } from './browser.ts'
import { parseServerOptions } from './options.ts'
import { serveLab } from './server.ts'
import { closeOnSignals } from './shutdown.ts'

/** Read before the options are, so that a mistake in them is told in the form that was asked for. */
const AS_JSON = process.argv.includes('--json')

/** The lab without Electron: one process that serves it to the browsers of this machine. */
async function main(): Promise<void> {
  const options = parseServerOptions(process.argv.slice(2))
  const dataFolder = resolveDataFolder(options.dataFolder)
  const bundle = readBundle()
  const host = createHost({
    ...readApplication(projectFolder),
    presetsFolder,
    kind: 'server',
    dataFolder,
    launcher: createForkLauncher({ logFile: join(dataFolder, 'logs/engine.log') }),
    doctor,
    fastestBackend,
  })
  try {
    const server = await serveLab({ lab: host, bundle, port: options.port })
    closeOnSignals(async () => {
      await server.close()
      await host.close()
    })
    console.log(AS_JSON ? JSON.stringify({ url: server.url }) : `Signum is open at ${server.url}`)
    if (typeof bundle === 'string') console.error(bundle)
    if (options.openBrowser) openBrowser(server.url, process.env)
  } catch (error) {
    await host.close()
    throw error
  }
}

/** The page, or the sentence that is shown in its place: everything but the window works without it. */
function readBundle(): PageBundle | string {
  try {
    return readPageBundle(join(projectFolder, 'out/renderer'))
  } catch (error) {
    if (!(error instanceof SignumError)) throw error
    return error.message
  }
}

main().catch((error: unknown) => {
  const { code, message } = toErrorMessage(error)
  if (AS_JSON) console.log(JSON.stringify({ error: { code, message } }))
  else console.error(error instanceof SignumError ? message : error)
  process.exitCode = 1
})
