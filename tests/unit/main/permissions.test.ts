import type { Session } from 'electron'
import { expect, test, vi } from 'vitest'
import { denyPermissions } from '#electron/main/permissions.ts'
import { FakeSession } from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))

test('every permission and device is denied, asked for or looked up', () => {
  const session = new FakeSession()
  denyPermissions(session as unknown as Session)
  for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'unknown']) {
    const decide = vi.fn()
    session.onRequest!({}, permission, decide)
    expect(decide).toHaveBeenCalledExactlyOnceWith(false)
  }
  expect(session.onCheck!()).toBe(false)
  expect(session.onDevice!()).toBe(false)
})
