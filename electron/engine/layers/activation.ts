import type { LayerBuilder } from './layer.ts'
import { quantizingLayer } from './quantizing.ts'
import { statelessLayer } from './stateless.ts'

export const qActivation: LayerBuilder<'QActivation'> = (spec, _input, tools) =>
  quantizingLayer(spec.id, spec.quantizer, spec.gradientCancellationThreshold, tools)

export const tanh: LayerBuilder<'Tanh'> = ({ id }, _input, { operations }) => statelessLayer(id, operations.tanh)

export const relu: LayerBuilder<'ReLU'> = ({ id }, _input, { operations }) => statelessLayer(id, operations.relu)

export const hardtanh: LayerBuilder<'Hardtanh'> = ({ id }, _input, { operations }) =>
  statelessLayer(id, operations.hardtanh)
