import { ShapeProblem } from '../definition.ts'

interface Grouped {
  readonly outChannels: number
  readonly groups: number
}

/** Refuses groups that the channels cannot be cut into, as PyTorch does. */
export function requireGroups(layer: string, inChannels: number, { outChannels, groups }: Grouped): void {
  if (inChannels % groups === 0 && outChannels % groups === 0) return
  const most = greatestCommonDivisor(inChannels, outChannels)
  // Depthwise is what was meant where there are as many groups as channels come in.
  if (groups === inChannels) {
    throw new ShapeProblem(
      `${layer} has ${groups} groups, which do not divide its ${outChannels} output channels.`,
      `Choose output channels that ${groups} divides.`,
      { kind: 'set', parameter: 'outChannels', value: Math.ceil(outChannels / groups) * groups },
    )
  }
  throw new ShapeProblem(
    `${layer} has ${groups} groups, which do not divide its ${inChannels} input and ${outChannels} output channels.`,
    most === 1 ? 'Choose 1 group.' : `Choose groups that divide both, such as ${most}.`,
    { kind: 'set', parameter: 'groups', value: most },
  )
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right)
}
