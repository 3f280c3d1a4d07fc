import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayerSpecOf } from '#shared/model/spec.ts'
import { cropSides, padSides } from '../operations/padding.ts'
import type { LayerBuilder } from './layer.ts'
import { statelessLayer } from './stateless.ts'

function paddingLayer(spec: LayerSpecOf<'ZeroPad2d' | 'PadModule'>, value: number) {
  const { paddingTop: top, paddingBottom: bottom, paddingLeft: left, paddingRight: right } = spec
  const sides = { top, bottom, left, right }
  return statelessLayer(spec.id, (image: Tensor) => ({
    output: padSides(image, sides, value),
    gradient: (upstream) => cropSides(upstream, sides),
  }))
}

export const zeroPad2d: LayerBuilder<'ZeroPad2d'> = (spec) => paddingLayer(spec, 0)

export const padModule: LayerBuilder<'PadModule'> = (spec) => paddingLayer(spec, spec.paddingValue)
