import type { LayerBuilder } from './layer.ts'
import { statelessLayer } from './stateless.ts'

export const maxPool2d: LayerBuilder<'MaxPool2d'> = (spec, _input, { operations }) =>
  statelessLayer(spec.id, (image) => operations.maxPooling(image, { ...spec, stride: spec.stride ?? spec.kernelSize }))

export const globalAvgPool: LayerBuilder<'GlobalAvgPool'> = ({ id }, _input, { operations }) =>
  statelessLayer(id, operations.globalAveragePooling)

export const avgPool2d: LayerBuilder<'AvgPool2d'> = (spec, _input, { operations }) =>
  statelessLayer(spec.id, (image) =>
    operations.averagePooling(image, { ...spec, stride: spec.stride ?? spec.kernelSize }),
  )
