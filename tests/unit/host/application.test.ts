import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readApplication } from '#electron/host/application.ts'
import { readPresets } from '#electron/host/presets.ts'
import { hashSpec } from '#electron/host/provenance.ts'
import { preset } from '../../fixtures/presets.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'

function project(files: Readonly<Record<string, string>>): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries({ 'package.json': '{"version":"1.2.3"}', ...files })) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true })
    writeFileSync(join(folder.path, name), content)
  }
  return folder
}

describe('the commit that the application was built from', () => {
  it.each<[string, Record<string, string>, string | null]>([
    ['is that of the branch', { '.git/HEAD': 'ref: refs/heads/main\n', '.git/refs/heads/main': `${COMMIT}\n` }, COMMIT],
    [
      'is that of a packed branch',
      { '.git/HEAD': 'ref: refs/heads/main', '.git/packed-refs': `# pack-refs\n${COMMIT} refs/heads/main\n` },
      COMMIT,
    ],
    ['is a detached one', { '.git/HEAD': COMMIT }, COMMIT],
    ['is unknown outside a checkout', {}, null],
    ['is unknown before the first commit', { '.git/HEAD': 'ref: refs/heads/main' }, null],
    ['is not whatever stands there', { '.git/HEAD': 'nonsense' }, null],
  ])('%s', (_name, files, commit) => {
    using folder = project(files)
    expect(readApplication(folder.path)).toEqual({ version: '1.2.3', commit })
  })
})

describe('the hash of a spec', () => {
  it('does not depend on the order of its fields', () => {
    const spec = preset('lenet-binary')
    const turned = Object.fromEntries(Object.entries(spec).reverse()) as typeof spec
    turned.layers = spec.layers.map((layer) => Object.fromEntries(Object.entries(layer).reverse()) as typeof layer)
    expect(hashSpec(turned)).toBe(hashSpec(spec))
    expect(hashSpec(spec)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('depends on everything else', () => {
    const spec = preset('lenet-binary')
    const hashes = [spec, { ...spec, name: 'other' }, { ...spec, layers: spec.layers.toReversed() }].map(hashSpec)
    expect(new Set(hashes).size).toBe(3)
  })
})

describe('a preset that cannot be read', () => {
  it.each([
    ['{', 'file_unreadable', /broken\.json cannot be read/],
    ['{"title":"x"}', 'invalid_spec', /broken\.json: "description" is missing/],
  ])('is named: %s', (content, code, message) => {
    using folder = project({ 'presets/broken.json': content })
    expect(() => readPresets(join(folder.path, 'presets'))).toThrowError(
      expect.objectContaining({ code, message: expect.stringMatching(message) as string }),
    )
  })
})
