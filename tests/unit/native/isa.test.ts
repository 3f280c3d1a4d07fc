import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeKernels, type KernelsDescription } from '#electron/native/index.ts'

const here = describeKernels()
const face = resolve(import.meta.dirname, '../../../electron/native/index.ts')

/** What a new process with this setting says. */
function describeWith(instructionSet: string): KernelsDescription {
  const script = `console.log(JSON.stringify((await import(${JSON.stringify(face)})).describeKernels()))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, SIGNUM_ISA: instructionSet },
  })
  return JSON.parse(output) as KernelsDescription
}

describe.skipIf(here.kind === 'reference')('SIGNUM_ISA', () => {
  test.each(here.kind === 'native' ? here.available : [])('chooses %s', (instructionSet) => {
    expect(describeWith(instructionSet)).toMatchObject({ instructionSet, problem: null })
  })

  test('names what it cannot follow and takes the best instead', () => {
    const best = describeWith('')
    expect(best).toMatchObject({ problem: null })
    expect(describeWith('sse9')).toMatchObject({ ...best, problem: expect.stringContaining('SIGNUM_ISA is none of') })
  })
})
