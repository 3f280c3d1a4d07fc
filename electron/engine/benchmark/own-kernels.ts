import type { BitMatrix } from '#shared/bits/layout.ts'
import { filterSize, outputSize, type ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { packSigns, transposeBits } from '#shared/bits/pack.ts'
import type { Kernels } from '#electron/native/kernels.ts'
import { buildPlan } from '#electron/native/plan/runner.ts'
import type { Stage } from '#electron/native/plan/stages.ts'
import type { LayerData } from './layer-data.ts'
import type { Contender } from './turns.ts'

/** Around a binary image; -1 costs nothing extra. */
const PADDING_VALUE = -1

/** Our kernels for one layer: see `LayerBenchmark` for what each is. */
export function ownKernels(
  kernels: Kernels,
  { geometry, x, weights }: LayerData,
): Record<'binary' | 'packed' | 'float', Contender> {
  const { height, width } = outputSize(geometry)
  const y = new Float32Array(geometry.batch * height * width * geometry.outChannels)
  const plan = planOf(kernels, geometry, transposeBits(packSigns(weights, filterSize(geometry), geometry.outChannels)))
  return {
    binary: { run: () => kernels.binaryConvolution(geometry, PADDING_VALUE, x, weights, null, y) },
    packed: { run: () => plan.run(geometry.batch, x, y) },
    float: { run: () => kernels.convolution(geometry, x, weights, null, y) },
  }
}

/** Floats to signs, then the convolution. */
function planOf(kernels: Kernels, geometry: ConvolutionGeometry, filters: BitMatrix) {
  const { height, width, inChannels: channels } = geometry
  const thresholds = { values: new Float32Array(channels), inverted: new Uint8Array(channels) }
  const stages: Stage[] = [
    { kind: 'comparison', thresholds },
    {
      kind: 'binary convolution',
      geometry: { ...geometry, batch: 1 },
      paddingValue: PADDING_VALUE,
      filters,
      bias: null,
    },
  ]
  const out = outputSize(geometry)
  const outputs = out.height * out.width * geometry.outChannels
  return buildPlan({ input: { height, width, channels }, stages, outputs }, kernels)
}
