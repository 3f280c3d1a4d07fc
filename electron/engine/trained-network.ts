import type { NetworkSpec } from '#shared/model/spec.ts'

/** A trained network, by the checkpoint that holds it. */
export interface TrainedNetwork {
  readonly runId: string
  readonly spec: NetworkSpec
  readonly checkpointFolder: string
}
