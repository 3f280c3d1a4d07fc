import { z } from '../../zod.ts'
import type { Analysed } from '../analysed.ts'
import type { ImageShape, LayerDefinition } from '../definition.ts'
import type { Signal } from '../signal.ts'
import { Conv2d } from './conv2d.ts'
import { BatchNorm } from './normalisation.ts'
import { AvgPool2d } from './pooling.ts'

/** The parameters of a residual block's shortcut. */
export interface Shortcut {
  readonly shortcut: 'identity' | 'conv'
  readonly shortcutStride: number
  readonly shortcutPooling: boolean
  readonly shortcutBatchNorm: boolean
}

const PARTS = { AvgPool2d, Conv2d, BatchNorm }
type PartOf<Type extends keyof typeof PARTS> = z.output<(typeof PARTS)[Type]['schema']>
export type ShortcutLayer = PartOf<keyof typeof PARTS>

/**
 * A shortcut as the layers that it is made of; none for the identity. With pooling and batch normalisation these are the
 * downsampling of Bi-Real Net (Liu et al. 2018) and of bitorch's ResNetE: average pooling, a 1×1 convolution in full
 * precision without bias, BatchNorm. Without pooling the convolution itself strides, as in ResNet (He et al. 2016).
 */
function shortcutLayers(block: Shortcut & { readonly id: string }, channels: number): readonly ShortcutLayer[] {
  if (block.shortcut === 'identity') return []
  const { shortcutStride: stride, shortcutPooling: pools, shortcutBatchNorm: normalises } = block
  const part = <Type extends keyof typeof PARTS>(name: string, type: Type, parameters: object) =>
    ({
      id: `${block.id}.shortcut.${name}`,
      type,
      ...z.object(PARTS[type].parameters).parse(parameters),
    }) as PartOf<Type>
  return [
    ...(pools && stride > 1 ? [part('pool', 'AvgPool2d', { kernelSize: stride })] : []),
    part('conv', 'Conv2d', { outChannels: channels, kernelSize: 1, stride: pools ? 1 : stride, bias: !normalises }),
    ...(normalises ? [part('norm', 'BatchNorm', {})] : []),
  ]
}

/** The layers of a shortcut with what enters and leaves them; none for the identity. Its stride fits the image. */
export function followShortcut(
  block: Shortcut & { readonly id: string },
  input: Signal,
  channels: number,
): readonly Analysed<ShortcutLayer>[] {
  let signal = input
  return shortcutLayers(block, channels).map((layer) => {
    // The type of the layer and of its definition correspond, which TypeScript cannot follow through the index.
    const definition = PARTS[layer.type] as unknown as LayerDefinition
    const own = definition.cost(signal, layer, [])
    const analysis = { layer, input: signal, output: definition.infer(signal, layer, []), cost: own, own, inside: [] }
    signal = analysis.output
    return analysis
  })
}

/** One side of the image behind a shortcut; pooling drops what no window covers, a striding convolution does not. */
function sideAfter(side: number, stride: number, pools: boolean): number {
  return pools ? Math.floor(side / stride) : Math.ceil(side / stride)
}

/** The stride with which a shortcut comes out at this size, with pooling where both ways lead there; null for none. */
export function matchingStride(input: ImageShape, output: ImageShape): { stride: number; pools: boolean } | null {
  for (let stride = 1; stride <= input.height; stride++) {
    for (const pools of [true, false]) {
      const fits = (from: number, to: number) => sideAfter(from, stride, pools) === to
      if (fits(input.height, output.height) && fits(input.width, output.width)) return { stride, pools }
    }
  }
  return null
}
