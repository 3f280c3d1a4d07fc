import { requireSound, parseNetworkSpec } from '#shared/model/parse.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import type { Backend } from '../backends/backend.ts'
import { buildNetwork, type Network } from '../network.ts'
import type { TrainedNetwork } from '../trained-network.ts'
import { seedStreams } from '../random.ts'
import { readWeights } from '../training/checkpoint/read.ts'
import { restoreVariables } from '../training/checkpoint/tensors.ts'

/**
 * A trained network as layers on tensors. Own it: `dispose` frees its variables.
 *
 * @throws SignumError `invalid_spec`, `invalid_shape` or `checkpoint_damaged`.
 */
export async function loadNetwork(
  { spec, checkpointFolder }: TrainedNetwork,
  { operations }: Backend,
): Promise<Network> {
  const analysis = requireSound(analyseNetwork(parseNetworkSpec(spec)))
  const { bytes, file } = await readWeights(checkpointFolder)
  // The weights are replaced at once; any seed serves.
  const network = buildNetwork(analysis, { operations, random: seedStreams(0) })
  try {
    restoreVariables(network.variables, bytes, file)
  } catch (error) {
    network.dispose()
    throw error
  }
  return network
}
