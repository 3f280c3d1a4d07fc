import { globSync } from 'node:fs'

/** The C++ files of each part, relative to electron/native; binding.gyp lists the same ones. */
export interface KernelSources {
  readonly kernels: readonly string[]
  readonly node: readonly string[]
  readonly tensorflow: readonly string[]
}

/** What lies in the folders of electron/native, but for the reference that only tests compile. */
export function kernelSources(nativeFolder: string): KernelSources {
  const find = (pattern: string) => globSync(pattern, { cwd: nativeFolder }).sort()
  return {
    kernels: find('kernels/**/*.cpp').filter((path) => !path.startsWith('kernels/reference/')),
    node: find('node/*.cpp'),
    // Threads and instruction set are set by the same functions in both addons.
    tensorflow: ['node/settings.cpp', ...find('tensorflow/*.cpp')],
  }
}
