import { installedBrowser } from './browser/installed.ts'
import { isPackedBrowserUsable, packedBrowser } from './browser/packed.ts'

/** How to start a Chromium for the end-to-end tests. */
export interface TestBrowser {
  readonly executablePath: string
  readonly args: readonly string[]
  /** Variables to add to its environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** Nothing that talks to anyone, asks anything or needs a graphics card. */
const QUIET = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Chromium's flags; its sandbox refuses to run as root. */
export function browserArguments(userId: number | undefined = process.getuid?.()): string[] {
  return userId === 0 ? ['--no-sandbox', ...QUIET] : [...QUIET]
}

/**
 * Finds a Chromium: an installed one first, else the one inside its npm package.
 *
 * @throws Error saying what to install when there is neither.
 */
export async function findBrowser(): Promise<TestBrowser> {
  const args = browserArguments()
  const installed = installedBrowser()
  if (installed !== null) return { executablePath: installed, args, environment: {} }
  if (isPackedBrowserUsable()) return { ...(await packedBrowser()), args }
  throw new Error('There is no Chromium to test with: install Chrome, or name a browser by SIGNUM_BROWSER.')
}
