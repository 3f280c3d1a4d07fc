import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isAppUrl, registerAppScheme } from '#electron/main/scheme.ts'
import * as fake from '../../fixtures/electron/electron.ts'

vi.mock('electron', () => import('../../fixtures/electron/electron.ts'))
beforeEach(() => fake.reset())

describe('an address of our own page', () => {
  test.each(['app://lab', 'app://lab/', 'app://lab/#/train', 'app://lab/assets/x.js?y'])('%s is one', (address) => {
    expect(isAppUrl(address)).toBe(true)
  })

  test.each([
    '',
    'about:blank',
    'app:lab',
    'app:///lab',
    'app://lab.example/',
    'app://labs/',
    'app://evil@lab/',
    'app://lab@evil/',
    'app://lab:80/',
    'https://lab/',
    'file:///lab',
    'http://app://lab/',
    'data:text/html,app://lab/',
    'javascript:app://lab/',
    'not an address',
  ])('%s is none', (address) => {
    expect(isAppUrl(address)).toBe(false)
  })
})

test('the scheme is secure and never exempt from the page’s policy', () => {
  registerAppScheme()
  expect(fake.protocol.privileged).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
})
