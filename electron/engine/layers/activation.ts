import type { LayerBuilder } from './layer.ts'
import { statelessLayer } from './stateless.ts'

export const qActivation: LayerBuilder<'QActivation'> = (spec, _input, { operations }) =>
  statelessLayer(spec.id, (input) => operations.binarize(input, spec.gradientCancellationThreshold))

export const tanh: LayerBuilder<'Tanh'> = ({ id }, _input, { operations }) => statelessLayer(id, operations.tanh)

export const relu: LayerBuilder<'ReLU'> = ({ id }, _input, { operations }) => statelessLayer(id, operations.relu)

export const hardtanh: LayerBuilder<'Hardtanh'> = ({ id }, _input, { operations }) =>
  statelessLayer(id, operations.hardtanh)
