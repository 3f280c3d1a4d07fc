import { expect, it } from 'vitest'
import { describeExit } from '#electron/host/engines/exit-words.ts'

it.each([
  [{ code: null, signal: 'SIGKILL' }, /killed \(SIGKILL\).*memory runs out/],
  [{ code: 137, signal: null }, /killed \(SIGKILL\)/],
  [{ code: null, signal: 'SIGSEGV' }, /crashed in native code \(SIGSEGV\)/],
  [{ code: 139, signal: null }, /crashed in native code \(SIGSEGV\)/],
  [{ code: 134, signal: null }, /gave up \(SIGABRT\)/],
  [{ code: 0xc0000005, signal: null }, /access violation/],
  [{ code: 0xc0000005 | 0, signal: null }, /access violation/],
  [{ code: null, signal: 'SIGTERM' }, /ended from outside \(SIGTERM\)/],
  [{ code: 3, signal: null }, /exit code 3/],
  [{ code: 0, signal: null }, /before its work was done/],
  [{ code: null, signal: null }, /could not be started/],
])('puts %j in words', (exit, words) => {
  expect(describeExit(exit)).toMatch(words)
})
