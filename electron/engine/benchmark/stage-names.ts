import type { ConvolutionGeometry } from '#shared/bits/convolution.ts'
import type { PoolingWindow, Stage } from '#electron/native/plan/stages.ts'

/** What each stage of the C++ plan is, in a few words. A comparison after a convolution is part of it. */
export function stageNames(stages: readonly Stage[]): string[] {
  const names: string[] = []
  stages.forEach((stage, index) => {
    const before = stages[index - 1]
    if (stage.kind === 'comparison' && before && 'geometry' in before) names.push(`${names.pop()}, to bits`)
    else names.push(stageName(stage))
  })
  return names
}

function stageName(stage: Stage): string {
  switch (stage.kind) {
    case 'convolution':
      return weightedName(stage.geometry)
    case 'binary convolution':
      return `binary ${weightedName(stage.geometry)}`
    case 'comparison':
      return 'floats to bits'
    case 'bit pooling':
      return `${windowName(stage.window)} pooling of bits`
    case 'pooling':
      return `${windowName(stage.window)} ${stage.mean ? 'mean' : 'maximum'}`
    case 'affine':
      return 'normalisation'
    case 'activation':
      return stage.activation
    default:
      return stage.kind
  }
}

function weightedName({ height, width, kernelHeight, kernelWidth, inChannels, outChannels }: ConvolutionGeometry) {
  return height === kernelHeight && width === kernelWidth
    ? `dense layer ${height * width * inChannels}→${outChannels}`
    : `convolution ${kernelHeight}×${kernelWidth}, ${inChannels}→${outChannels}`
}

function windowName({ kernelSize }: PoolingWindow): string {
  return `${kernelSize}×${kernelSize}`
}
