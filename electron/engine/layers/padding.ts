import type { LayerSpecOf } from '#shared/model/spec.ts'
import type { LayerBuilder, LayerTools } from './layer.ts'
import { statelessLayer } from './stateless.ts'

function paddingLayer(spec: LayerSpecOf<'ZeroPad2d' | 'PadModule'>, value: number, { operations }: LayerTools) {
  const { paddingTop: top, paddingBottom: bottom, paddingLeft: left, paddingRight: right } = spec
  const sides = { top, bottom, left, right }
  return statelessLayer(spec.id, (image) => operations.padding(image, sides, value))
}

export const zeroPad2d: LayerBuilder<'ZeroPad2d'> = (spec, _input, tools) => paddingLayer(spec, 0, tools)

export const padModule: LayerBuilder<'PadModule'> = (spec, _input, tools) =>
  paddingLayer(spec, spec.paddingValue, tools)
