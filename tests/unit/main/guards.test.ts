import type { App } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { guardContents } from '#electron/main/guards.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

describe('any page, however it came to be', () => {
  let contents: fake.FakeContents

  beforeEach(() => {
    fake.reset()
    guardContents(fake.app as unknown as App)
    contents = new fake.FakeContents()
  })

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stays at home on %s', (name) => {
    const prevented = (url: string) => {
      const event = new fake.StoppableEvent(url)
      contents.emit(name, event)
      return event.defaultPrevented
    }
    expect(prevented('app://lab/#/train')).toBe(false)
    for (const url of ['https://example.org/', 'app://lab.evil/', 'file:///etc/passwd', 'about:blank', 'data:,x', '']) {
      expect(prevented(url)).toBe(true)
    }
  })

  test('opens no windows, not even of its own address', () => {
    for (const url of ['https://example.org/', 'app://lab/', 'about:blank']) {
      expect(contents.openHandler!({ url })).toEqual({ action: 'deny' })
    }
  })

  test('holds no guest pages', () => {
    const event = new fake.StoppableEvent()
    contents.emit('will-attach-webview', event)
    expect(event.defaultPrevented).toBe(true)
  })
})
