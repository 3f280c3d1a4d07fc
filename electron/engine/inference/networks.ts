import * as tf from '@tensorflow/tfjs-core'
import { SignumError } from '#shared/contract/errors.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { Backend } from '../backends/backend.ts'
import { buildNetwork, type Network } from '../network.ts'
import type { TrainedNetwork } from '../protocol.ts'
import { seedStreams } from '../random.ts'
import { readWeights } from '../training/checkpoint/read.ts'
import { restoreVariables } from '../training/checkpoint/tensors.ts'

/** Two runs stand side by side in Draw; a few more stay for those who switch between them. */
const KEPT_NETWORKS = 6
const WARM_UP_PASSES = 3

/** Trained networks by the folder of their checkpoint, the least recently used of them forgotten. */
export class NetworkCache {
  readonly #backend: Backend
  readonly #networks = new Map<string, Promise<Network>>()

  constructor(backend: Backend) {
    this.#backend = backend
  }

  /** @throws SignumError `invalid_spec`, `invalid_shape` or `checkpoint_damaged`. */
  async get(trained: TrainedNetwork): Promise<Network> {
    const { checkpointFolder } = trained
    const loading = this.#networks.get(checkpointFolder) ?? this.#load(trained)
    this.#networks.delete(checkpointFolder)
    this.#networks.set(checkpointFolder, loading)
    try {
      const network = await loading
      await this.#forgetOldest()
      return network
    } catch (error) {
      this.#networks.delete(checkpointFolder)
      throw error
    }
  }

  async #load({ spec: value, checkpointFolder }: TrainedNetwork): Promise<Network> {
    const spec = parseNetworkSpec(value)
    const analysis = analyseNetwork(spec)
    const [problem] = analysis.problems
    if (problem) throw new SignumError('invalid_shape', `${problem.message} ${problem.fix}`)
    const { bytes, file } = await readWeights(checkpointFolder)
    // The weights are replaced at once; any seed serves.
    const network = buildNetwork(analysis, { operations: this.#backend.operations, random: seedStreams(0) })
    try {
      restoreVariables(network.variables, bytes, file)
      warmUp(network, [1, spec.input.height, spec.input.width, spec.input.channels])
    } catch (error) {
      network.dispose()
      throw error
    }
    return network
  }

  async #forgetOldest(): Promise<void> {
    for (const [folder, loading] of this.#networks) {
      if (this.#networks.size <= KEPT_NETWORKS) return
      this.#networks.delete(folder)
      const network = await loading
      network.dispose()
    }
  }
}

/** The first passes prepare kernels and memory for these shapes; they would otherwise be the time people are shown. */
function warmUp(network: Network, shape: number[]): void {
  for (let pass = 0; pass < WARM_UP_PASSES; pass++) tf.tidy(() => network.evaluate(tf.zeros(shape)).dataSync())
}
