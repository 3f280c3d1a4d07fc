import { describe, expect, test } from 'vitest'
import { parseServerOptions } from '#electron/server/options.ts'

describe('the options of the server', () => {
  test('have defaults', () => {
    expect(parseServerOptions([])).toEqual({ port: 0, openBrowser: true, dataFolder: undefined })
  })

  test('are read', () => {
    expect(parseServerOptions(['--port', '8123', '--no-open', '--data-dir', 'here'])).toEqual({
      port: 8123,
      openBrowser: false,
      dataFolder: 'here',
    })
  })

  test.each(['-1', '65536', '80a', '', '1.5', '0x50'])('refuse the port "%s" and name it', (port) => {
    expect(() => parseServerOptions([`--port=${port}`])).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringContaining(`"${port}"`) }),
    )
  })

  test.each([['--prot', '1'], ['--port'], ['extra']])('refuse %s and list the options', (...args) => {
    expect(() => parseServerOptions(args)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringContaining('--data-dir PATH') }),
    )
  })
})
