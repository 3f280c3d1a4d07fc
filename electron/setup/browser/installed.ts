import { findProgram, isExecutable } from '../programs.ts'

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge']

const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  ],
}

/** A browser of Chromium's family that the machine has. `SIGNUM_BROWSER` names another one. */
export function installedBrowser(environment: NodeJS.ProcessEnv = process.env): string | null {
  if (environment.SIGNUM_BROWSER) return environment.SIGNUM_BROWSER
  return findProgram(NAMES, environment.PATH) ?? PLACES[process.platform]?.find(isExecutable) ?? null
}
