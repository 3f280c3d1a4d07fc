import { spawn } from 'node:child_process'
import { platform } from 'node:os'

/** Programs that open an address in the person's own browser. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  // Takes the address as one argument, without a shell that would read the & in it.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
}

/** Opens `url` in the default browser where this machine has a screen. The address is printed anyway, so it may fail. */
export function openBrowser(url: string, environment: Readonly<Record<string, string | undefined>>): void {
  const [program, ...args] = OPENERS[platform()] ?? []
  if (program === undefined) return
  if (platform() === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
}
