import { electronReason } from './electron-lab.ts'
import { prepareElectronBundle, preparePage } from '#electron/setup/page.ts'

/** Builds what the tests open, and says once why real Electron is left out. */
export default async function prepare(): Promise<void> {
  await preparePage()
  const reason = electronReason()
  if (reason === null) await prepareElectronBundle()
  else console.log(`Electron itself is not tested: ${reason}.`)
}
