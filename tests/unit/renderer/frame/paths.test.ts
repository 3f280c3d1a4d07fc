import { expect, it } from 'vitest'
import { formatFolder } from '../../../../renderer/format/paths.ts'

it.each([
  ['/home/ada/.local/share/signum', '/home/ada', '~/.local/share/signum'],
  ['/home/ada', '/home/ada', '~'],
  ['/home/adam/signum', '/home/ada', '/home/adam/signum'],
  ['C:\\Users\\ada\\signum', 'C:\\Users\\ada', '~\\signum'],
  ['/srv/signum', '', '/srv/signum'],
])('the folder %s with the home %s is written %s', (path, home, written) => {
  expect(formatFolder(path, home)).toBe(written)
})

it('leaves out the middle of a long path and keeps its end', () => {
  const path = `/data/${'very-long-name/'.repeat(5)}signum`
  const written = formatFolder(path, '/home/ada')
  expect(written).toHaveLength(36)
  expect(written).toMatch(/^\/data\/.*….*\/signum$/)
})
