import type { ConvolutionGeometry } from '#shared/bits/convolution.ts'
import { kernelStages, type PoolingWindow, type Stage } from '#electron/native/plan/stages.ts'

/** What each stage of the C++ plan is, in a few words, with what is done to its sums at once. */
export function stageNames(stages: readonly Stage[]): string[] {
  const names: string[] = []
  const places = kernelStages(stages)
  stages.forEach((stage, index) => {
    if (places[index] === names.length) names.push(stageName(stage))
    else if (stage.kind === 'comparison') names.push(`${names.pop()}, to bits`)
    else if (stage.kind === 'affine') names.push(`${names.pop()}, normalised`)
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
    case 'global mean':
      return 'mean of the image'
    case 'affine':
      return 'normalisation'
    case 'activation':
      return stage.activation
    case 'bit border':
      return 'border of bits'
    default:
      return stage.kind
  }
}

function weightedName({
  height,
  width,
  kernelHeight,
  kernelWidth,
  inChannels,
  outChannels,
  groups,
}: ConvolutionGeometry) {
  if (height === kernelHeight && width === kernelWidth)
    return `dense layer ${height * width * inChannels}→${outChannels}`
  const grouped = groups === undefined || groups === 1 ? '' : ` in ${groups} groups`
  return `convolution ${kernelHeight}×${kernelWidth}, ${inChannels}→${outChannels}${grouped}`
}

function windowName({ kernelSize }: PoolingWindow): string {
  return `${kernelSize}×${kernelSize}`
}
