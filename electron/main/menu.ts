import type { MenuItemConstructorOptions } from 'electron'
import type { WindowCommand } from '#shared/contract/events.ts'
import { LINKS, type LinkName } from './links.ts'

export interface MenuActions {
  /** Asks the page to do something. */
  readonly command: (command: WindowCommand) => void
  readonly openLink: (name: LinkName) => void
}

export interface MenuSurroundings {
  readonly platform: NodeJS.Platform
  /** Developer tools are for people who build Signum. */
  readonly developer: boolean
}

type Item = MenuItemConstructorOptions

/** The native menu. What the page can do is asked of the page, so that menu, palette and keys are one thing. */
export function menuTemplate({ command, openLink }: MenuActions, { platform, developer }: MenuSurroundings): Item[] {
  const item = (label: string, name: WindowCommand, accelerator?: string): Item => ({
    label,
    accelerator,
    click: () => command(name),
  })
  const mac = platform === 'darwin'
  // The letter to reach a menu by; macOS has none and would show the sign.
  const title = (label: string) => (mac ? label.replace('&', '') : label)
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies Item] : []),
    { label: title('&File'), submenu: [{ role: mac ? 'close' : 'quit' }] },
    { role: 'editMenu', label: title('&Edit') },
    {
      label: title('&View'),
      submenu: [
        item('Learn', 'room.learn', 'CmdOrCtrl+1'),
        item('Build', 'room.build', 'CmdOrCtrl+2'),
        item('Train', 'room.train', 'CmdOrCtrl+3'),
        item('Draw', 'room.draw', 'CmdOrCtrl+4'),
        item('History', 'room.history', 'CmdOrCtrl+5'),
        { type: 'separator' },
        item('All Commands', 'commands.open', 'CmdOrCtrl+K'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(developer ? [{ role: 'toggleDevTools' } satisfies Item] : []),
      ],
    },
    {
      label: title('&Train'),
      submenu: [
        item('Start Training', 'training.start', 'CmdOrCtrl+Enter'),
        item('Pause or Resume', 'training.pause'),
        item('Stop with a Checkpoint', 'training.stop'),
      ],
    },
    {
      role: 'help',
      label: title('&Help'),
      submenu: [
        item('Keyboard Shortcuts', 'shortcuts.open'),
        { type: 'separator' },
        ...(Object.keys(LINKS) as LinkName[]).map((name): Item => ({ label: name, click: () => openLink(name) })),
        ...(mac ? [] : [{ type: 'separator' } satisfies Item, { role: 'about' } satisfies Item]),
      ],
    },
  ]
}
