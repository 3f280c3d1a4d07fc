import type { Kernels } from '#electron/native/kernels.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { packNetwork, type TrainedTensors } from '#electron/native/plan/network.ts'
import { buildPlan, createRunner } from '#electron/native/plan/runner.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { stageNames } from './stage-names.ts'
import type { Contender } from './turns.ts'

/** A network on packed bits. */
export interface PackedNetworkMeasured {
  /** The names of its parts, in order. */
  readonly stageNames: readonly string[]
  /** Pixels in, class scores out. */
  contender(images: Float32Array, count: number): Contender
  /** The same, a few images after the other, telling what its stages take. */
  stages(images: Float32Array, count: number): Contender
}

/** @throws SignumError `not_supported` naming the layer that has no packed form. */
export function packedNetwork(spec: NetworkSpec, tensors: TrainedTensors, kernels: Kernels): PackedNetworkMeasured {
  const compiled = compileNetwork(packNetwork(spec, tensors))
  const runner = createRunner(compiled, kernels)
  const plan = buildPlan(compiled, kernels)
  const names = numbered(stageNames(compiled.stages))
  if (names.length !== plan.stageCount()) {
    throw new Error(`The plan has ${plan.stageCount()} stages, but there are names for ${names.length}.`)
  }
  const milliseconds = new Float32Array(names.length)
  return {
    stageNames: names,
    contender: (images, count) => ({ run: () => void runner.run(images, count) }),
    stages: (images, count) => ({
      run(parts) {
        plan.profile(count, images, new Float32Array(count * compiled.outputs), milliseconds)
        names.forEach((name, index) => parts.add(name, milliseconds[index]!))
      },
    }),
  }
}

/** Two stages of one name would be taken for one. */
function numbered(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const earlier = names.slice(0, index).filter((other) => other === name).length
    return earlier === 0 ? name : `${name} (${earlier + 1})`
  })
}
