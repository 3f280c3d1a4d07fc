/** How TensorFlow's libraries are called in the wheel, and under which further names tfjs-node's binding links to them. */
export interface LibraryFile {
  /** Name inside the wheel's `tensorflow/` folder, and the name the libraries know each other by. */
  readonly name: string
  readonly linkedAs: string
}

const LIBRARIES: Partial<Record<NodeJS.Platform, readonly LibraryFile[]>> = {
  linux: [
    { name: 'libtensorflow_cc.so.2', linkedAs: 'libtensorflow.so' },
    { name: 'libtensorflow_framework.so.2', linkedAs: 'libtensorflow_framework.so' },
  ],
  darwin: [
    { name: 'libtensorflow_cc.2.dylib', linkedAs: 'libtensorflow.2.dylib' },
    { name: 'libtensorflow_framework.2.dylib', linkedAs: 'libtensorflow_framework.2.dylib' },
  ],
}

/** @throws Error on a platform whose wheel carries no C library. */
export function librariesOf(platform: NodeJS.Platform): readonly LibraryFile[] {
  const libraries = LIBRARIES[platform]
  if (libraries === undefined) throw new Error(`TensorFlow's Python package holds no C library for ${platform}`)
  return libraries
}

/** The Python package with TensorFlow for the processor alone; only x86-64 Linux has it under a name of its own. */
export function wheelPackage(platform: NodeJS.Platform, architecture: string): string {
  return platform === 'linux' && architecture === 'x64' ? 'tensorflow-cpu' : 'tensorflow'
}
