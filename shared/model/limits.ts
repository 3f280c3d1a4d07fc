/** Upper bounds that keep a network inside what the engine can hold; checked before anything is allocated. */
export const LIMITS = {
  /** Layers of a network, those inside blocks counted too. */
  layers: 200,
  /** Blocks within each other. */
  depth: 4,
  imageSide: 1024,
  channels: 8192,
  features: 1_048_576,
  kernelSize: 64,
  parameters: 100_000_000,
  /** Values that leave one layer for one image. */
  activations: 50_000_000,
  nameLength: 120,
  /** Runs of one group, each with a seed of its own. */
  repeats: 20,
  /** Networks that are started as one. */
  together: 4,
  /** Threads of a backend. */
  threads: 256,
  /** Images of a dataset that are asked for at once. */
  samples: 200,
} as const
