import { expect, test } from 'vitest'
import { parseShellOptions } from '#electron/main/options.ts'

test.each([
  [['electron', '.'], undefined],
  [['electron', '.', '--data-dir', 'here'], 'here'],
  [['electron', '--no-sandbox', '.', '--remote-debugging-port=0', '--data-dir=here', '--port', '1'], 'here'],
  [['Signum', '--data-dir'], undefined],
])('%j asks for the data folder %s', (argv, dataFolder) => {
  expect(parseShellOptions(argv)).toEqual({ dataFolder })
})
