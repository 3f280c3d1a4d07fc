import type { LayerAnalysis } from '#shared/model/analyse.ts'
import { analyseShortcut } from '#shared/model/layers/residual.ts'
import { isPlainSign } from '#shared/model/quantizers/index.ts'
import type { LayerSpec, LayerSpecOf } from '#shared/model/spec.ts'
import type { FusedOperations } from '../operations/operation.ts'
import { normalisingLayer } from './batch-norm.ts'
import { evaluateInTurn } from './in-turn.ts'
import { buildLayer } from './index.ts'
import type { Layer, LayerTools } from './layer.ts'
import { binaryDenseLayer } from './linear.ts'
import { binaryWeightsLayer } from './q-conv2d.ts'
import { residualLayer } from './residual.ts'

type Run = readonly Pick<LayerAnalysis, 'layer' | 'input' | 'inside'>[]

interface Fusion {
  /** Types of the neighbours that become one layer. */
  readonly types: readonly LayerSpec['type'][]
  build(run: Run, tools: LayerTools, fused: FusedOperations): Layer
}

/** Longer runs stand before the shorter ones that they begin with. */
const FUSIONS: readonly Fusion[] = [
  { types: ['BatchNorm', 'Tanh', 'MaxPool2d'], build: normalised('normalisedTanhPooling') },
  { types: ['BatchNorm', 'MaxPool2d'], build: normalised('normalisedPooling') },
  { types: ['BatchNorm', 'Tanh'], build: normalised('normalisedTanh') },
  {
    types: ['QActivation', 'QConv2d_NoAct'],
    build([activation, convolution], tools, { binarizedConvolution }) {
      const { gradientCancellationThreshold } = activation!.layer as LayerSpecOf<'QActivation'>
      const spec = convolution!.layer as LayerSpecOf<'QConv2d_NoAct'>
      return binaryWeightsLayer(spec, convolution!.input, tools, (image, latent, geometry) =>
        binarizedConvolution(image, latent, geometry, gradientCancellationThreshold),
      )
    },
  },
  {
    types: ['QConv2d'],
    build([convolution], tools, { binarizedConvolution }) {
      const spec = convolution!.layer as LayerSpecOf<'QConv2d'>
      return binaryWeightsLayer(spec, convolution!.input, tools, (image, latent, geometry) =>
        binarizedConvolution(image, latent, geometry, spec.gradientCancellationThreshold),
      )
    },
  },
  {
    types: ['QLinear'],
    build([dense], tools, { binarizedDense }) {
      const spec = dense!.layer as LayerSpecOf<'QLinear'>
      return binaryDenseLayer(spec, dense!.input, tools, (features, latent, bias) =>
        binarizedDense(features, latent, bias, spec.gradientCancellationThreshold),
      )
    },
  },
]

/**
 * The layers of a network, with every run of neighbours that a fused operation covers as one layer: the same variables
 * under the same names, drawn in the same order. Without fused operations every layer stands alone.
 */
export function buildLayers(analysed: Run, tools: LayerTools): Layer[] {
  const { fused } = tools.operations
  const layers: Layer[] = []
  for (let index = 0; index < analysed.length;) {
    const rest = analysed.slice(index)
    const fusion = fused && FUSIONS.find((candidate) => covers(candidate, rest))
    const run = rest.slice(0, fusion ? fusion.types.length : 1)
    layers.push(fusion ? fusion.build(run, tools, fused) : buildAlone(run[0]!, tools))
    index += run.length
  }
  return layers
}

/** A block builds what it holds as a network does, then its shortcut. */
function buildAlone({ layer, input, inside }: Run[number], tools: LayerTools): Layer {
  if (layer.type !== 'Residual') return buildLayer(layer, input, tools)
  const stack = buildLayers(inside, tools)
  const shortcut = buildLayers(analyseShortcut(layer, input, inside), tools)
  return residualLayer(layer, stack, shortcut, tools.operations)
}

function covers({ types }: Fusion, rest: Run): boolean {
  return types.every((type, index) => {
    const layer = rest[index]?.layer
    const isKnown = layer?.type === type && quantizesBySign(layer)
    return isKnown && (layer.type !== 'MaxPool2d' || isHalving(layer))
  })
}

/** The only quantizer that the fused kernels know; layers without any are none of their concern. */
function quantizesBySign(layer: LayerSpec): boolean {
  return (
    (!('quantizer' in layer) || isPlainSign(layer.quantizer)) &&
    (!('inputQuantizer' in layer) || isPlainSign(layer.inputQuantizer)) &&
    (!('weightQuantizer' in layer) || isPlainSign(layer.weightQuantizer))
  )
}

/** The window that the fused kernels know. */
function isHalving({ kernelSize, stride, padding }: LayerSpecOf<'MaxPool2d'>): boolean {
  return kernelSize === 2 && (stride ?? kernelSize) === 2 && padding === 0
}

/** Batch normalisation that trains with its followers in one pass; evaluated, each of them works alone. */
function normalised(operation: 'normalisedTanh' | 'normalisedPooling' | 'normalisedTanhPooling'): Fusion['build'] {
  return ([first, ...followers], tools, fused) => {
    const spec = first!.layer as LayerSpecOf<'BatchNorm'>
    const normalisation = normalisingLayer(spec, first!.input, tools.operations, fused[operation])
    const layers = [normalisation, ...followers.map(({ layer, input }) => buildLayer(layer, input, tools))]
    return {
      ...normalisation,
      id: layers.map(({ id }) => id).join(' + '),
      evaluate: (values) => evaluateInTurn(layers, values),
    }
  }
}
