import { describe, expect, it } from 'vitest'
import type { CommandResult } from '#electron/setup/command.ts'
import { librariesOf, wheelPackage } from '#electron/setup/tensorflow/library.ts'
import { pipFailure } from '#electron/setup/tensorflow/wheel.ts'

const failed = (stderr: string, timedOut = false): CommandResult => ({ ok: false, timedOut, stdout: '', stderr })

describe('pipFailure', () => {
  it.each([
    ['spawn python3 ENOENT', 'there is no python3'],
    ['/usr/bin/python3: No module named pip', 'python3 has no pip'],
    ['Failed to establish a new connection: Name or service not known', 'the Python package index cannot be reached'],
    ['ERROR: Could not find a version\nERROR: No space left', 'pip: ERROR: No space left'],
  ])('says what "%s" means', (stderr, sentence) => {
    expect(pipFailure(failed(stderr))).toBe(sentence)
  })

  it('says that it took too long, whatever was printed by then', () => {
    expect(pipFailure(failed('Collecting tensorflow', true))).toBe('the download took too long')
  })
})

describe('the package and its libraries', () => {
  it('is the smaller one for processors alone where it exists', () => {
    expect(wheelPackage('linux', 'x64')).toBe('tensorflow-cpu')
    expect(wheelPackage('linux', 'arm64')).toBe('tensorflow')
    expect(wheelPackage('darwin', 'arm64')).toBe('tensorflow')
  })

  it('links the library under the name that the binding wants', () => {
    expect(librariesOf('linux')).toContainEqual({ name: 'libtensorflow_cc.so.2', linkedAs: 'libtensorflow.so' })
  })

  it('says so on a platform whose package has none', () => {
    expect(() => librariesOf('win32')).toThrow('holds no C library for win32')
  })
})
