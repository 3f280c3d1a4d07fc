import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { menuTemplate } from '#electron/main/menu.ts'
import { WINDOW_COMMANDS } from '#shared/contract/events.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

const command = vi.fn()
const openLink = vi.fn()

function items(platform: NodeJS.Platform = 'linux', developer = false): MenuItemConstructorOptions[] {
  const menus = menuTemplate({ command, openLink }, { platform, developer })
  return menus.flatMap((menu) => [menu, ...((menu.submenu as MenuItemConstructorOptions[] | undefined) ?? [])])
}

/** What choosing an item asks of the page. */
function commandOf(item: MenuItemConstructorOptions): unknown {
  command.mockClear()
  ;(item.click as (() => void) | undefined)?.()
  return command.mock.calls[0]?.[0]
}

describe('the menu', () => {
  test('has File, Edit, View, Train and Help', () => {
    const labels = menuTemplate({ command, openLink }, { platform: 'linux', developer: false }).map(
      (menu) => menu.label,
    )
    expect(labels).toEqual(['&File', '&Edit', '&View', '&Train', '&Help'])
  })

  test('opens the rooms with Ctrl+1 to Ctrl+5', () => {
    const byKey = Object.fromEntries(items().map((item) => [item.accelerator, commandOf(item)]))
    expect(byKey).toMatchObject({
      'CmdOrCtrl+1': 'room.learn',
      'CmdOrCtrl+2': 'room.build',
      'CmdOrCtrl+3': 'room.train',
      'CmdOrCtrl+4': 'room.draw',
      'CmdOrCtrl+5': 'room.history',
    })
  })

  test('offers every command of the contract exactly once, and no key twice', () => {
    expect(items().map(commandOf).filter(Boolean).sort()).toEqual([...WINDOW_COMMANDS].sort())
    const keys = items().flatMap((item) => item.accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('offers developer tools to developers only, and never a reload', () => {
    const roles = (developer: boolean) => items('linux', developer).map((item) => item.role)
    expect(roles(false)).not.toContain('toggleDevTools')
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(true)).not.toContain('forceReload')
  })

  test('has the application’s own menu on macOS, and a way to quit everywhere', () => {
    expect(items('darwin')[0]!.role).toBe('appMenu')
    expect(items('linux').map((item) => item.role)).toContain('quit')
    expect(items('win32').map((item) => item.role)).toContain('quit')
  })
})
