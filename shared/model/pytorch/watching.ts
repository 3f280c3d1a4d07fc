import type { LayerSpec } from '../spec.ts'

/** What has a `weight`, which is what bitorch's debug layer prints. */
const HAS_WEIGHT = /^(nn\.(Conv2d|Linear|BatchNorm\dd|PReLU)|QConv2d|QConv2d_NoAct|QLinear)\(/

export const DEBUG_LAYERS = ['InputPrintDebug', 'WeightPrintDebug'] as const

/** The import and the line without which bitorch's debug layers print nothing. */
export const SWITCH_ON_DEBUGGING = {
  import: 'from bitorch.layers.config import config as layer_config',
  statement: 'layer_config.debug_activated = True  # every 100th batch',
} as const

/** A layer's modules, the last that has weights in bitorch's debug layer if they are watched. */
export function withWatchedWeights({ id, watchWeights }: LayerSpec, modules: readonly string[]): readonly string[] {
  const holder = watchWeights ? modules.findLastIndex((module) => HAS_WEIGHT.test(module)) : -1
  return modules.map((module, index) =>
    index === holder ? `WeightPrintDebug(${module}, name="${id} weights")` : module,
  )
}

/** The debug layer that follows the layer, if what leaves it is watched. */
export function watchedActivations({ id, watchActivations }: LayerSpec): readonly string[] {
  return watchActivations ? [`InputPrintDebug(name="${id} activations")`] : []
}
