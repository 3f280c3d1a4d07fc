import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kernelSources } from '#electron/setup/kernels/sources.ts'
import { projectFolder } from '#electron/setup/places.ts'

const nativeFolder = join(projectFolder, 'electron/native')

test('binding.gyp lists exactly the C++ files that lie in the folders', () => {
  const listed = readFileSync(join(nativeFolder, 'binding.gyp'), 'utf8').matchAll(
    /'((?:kernels|node|tensorflow)\/[\w/]+\.cpp)'/g,
  )
  const { kernels, node, tensorflow } = kernelSources(nativeFolder)
  expect(kernels.length).toBeGreaterThan(10)
  expect(new Set([...listed].map(([, path]) => path))).toEqual(new Set([...kernels, ...node, ...tensorflow]))
})
