import { beforeEach, expect, test, vi } from 'vitest'
import { LINKS, openLink, type LinkName } from '#electron/main/links.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))
beforeEach(() => fake.reset())

test('only addresses from the list are opened, and all of them are https', async () => {
  for (const name of Object.keys(LINKS) as LinkName[]) await openLink(name)
  expect(fake.shell.opened).toEqual(Object.values(LINKS))
  for (const address of fake.shell.opened) expect(new URL(address).protocol).toBe('https:')
})

test.each(['https://example.org/', 'file:///etc/passwd', 'toString', '__proto__'])('%s is no link', async (name) => {
  await expect(openLink(name as LinkName)).rejects.toThrow(name)
  expect(fake.shell.opened).toEqual([])
})
