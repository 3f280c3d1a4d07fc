import { reshape } from '@tensorflow/tfjs-core'
import type { LayerBuilder } from './layer.ts'
import { statelessLayer } from './stateless.ts'

/** Rows of pixels of channels: PyTorch flattens channel by channel, which importers have to undo. */
export const flatten: LayerBuilder<'Flatten'> = ({ id }) =>
  statelessLayer(id, (input) => ({
    output: reshape(input, [input.shape[0]!, -1]),
    gradient: (upstream) => reshape(upstream, input.shape),
  }))
