import { loadKernels } from '../index.ts'
import type { Kernels, PackedPlan } from '../kernels.ts'
import { runReference } from './reference.ts'
import type { Stage, Stages } from './stages.ts'

/** A compiled network, ready to answer. Holds native memory until it is garbage collected. */
export interface PackedRunner {
  /** Which kernels compute: an instruction set, or 'reference'. */
  readonly kernels: string
  /** Class scores of `count` images, NHWC: `count · outputs` values. */
  run(images: Float32Array, count: number): Float32Array
}

/** Runs stages on the C++ kernels, or on the slow TypeScript reference where they are not compiled. */
export function createRunner(stages: Stages, kernels: Kernels | null = loadKernels()): PackedRunner {
  if (kernels === null) return { kernels: 'reference', run: (images, count) => runReference(stages, images, count) }
  const plan = buildPlan(stages, kernels)
  return {
    kernels: kernels.describe().instructionSet,
    run(images, count) {
      const outputs = new Float32Array(count * stages.outputs)
      plan.run(count, images, outputs)
      return outputs
    },
  }
}

/** The stages as the kernels' plan. */
export function buildPlan({ input, stages }: Stages, kernels: Kernels): PackedPlan {
  const plan = new kernels.PackedPlan(input.height, input.width, input.channels)
  for (const stage of stages) addStage(plan, stage)
  return plan
}

function addStage(plan: PackedPlan, stage: Stage): void {
  switch (stage.kind) {
    case 'convolution':
      return plan.addConvolution(stage.geometry, stage.weights, stage.bias)
    case 'binary convolution':
      return plan.addBinaryConvolution(stage.geometry, stage.paddingValue, stage.filters.halves, stage.bias)
    case 'comparison':
      return plan.addComparison(stage.thresholds.values, stage.thresholds.inverted)
    case 'bit pooling':
      return plan.addBitPooling(stage.window, stage.smallest)
    case 'pooling':
      return plan.addPooling(stage.window, stage.mean)
    case 'global mean':
      return plan.addGlobalMean()
    case 'affine':
      return plan.addAffine(stage.scale, stage.shift)
    case 'activation':
      return plan.addActivation(stage.activation)
    case 'rectifier':
      return plan.addRectifier(stage.before, stage.slope, stage.after)
    case 'flatten':
      return plan.addFlatten()
    case 'border':
      return plan.addBorder(stage.sides, stage.value)
    case 'bit border':
      return plan.addBitBorder(stage.sides, stage.ones)
    case 'unpacking':
      return plan.addUnpacking()
    case 'keep':
      return plan.keep()
    case 'swap':
      return plan.swap()
    case 'sum':
      return plan.addSum()
    case 'concatenation':
      return plan.addConcatenation()
  }
}
