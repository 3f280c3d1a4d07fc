/**
 * Answers of the packed plan of `lenet-binary` for one digit and for a hundred; see support/contestant.ts. Weights are
 * freshly initialised: no kernel's time depends on them.
 *
 *     node tests/bench/contestants/packed.ts --threads 1
 */
import { parseArgs } from 'node:util'
import { loadNative } from '#electron/engine/backends/native.ts'
import { floatNetwork } from '#electron/engine/benchmark/float-network.ts'
import { packedNetwork } from '#electron/engine/benchmark/packed-network.ts'
import { requireKernels } from '#electron/engine/benchmark/required-kernels.ts'
import { Parts } from '#electron/engine/benchmark/turns.ts'
import { presetSpec } from '../support/presets.ts'
import { medianMs, serveTurns } from '../support/turns.ts'

const { values } = parseArgs({ options: { threads: { type: 'string', default: '1' } } })
const threads = Number(values.threads)
const spec = presetSpec('lenet-binary')
const { operations } = await loadNative(threads)
const kernels = requireKernels(threads)
const packed = packedNetwork(spec, (await floatNetwork(spec, null, operations)).tensors(), kernels)
const contender = (count: number) => packed.contender(Float32Array.from({ length: count * 784 }, Math.random), count)
const [one, hundred] = [contender(1), contender(100)]
const turn = () => ({
  'one digit': 1000 * medianMs(500, () => one.run(new Parts())),
  'a hundred digits': 10 * medianMs(10, () => hundred.run(new Parts())),
})

turn()
await serveTurns(`the packed plan of lenet-binary on ${kernels.describe().instructionSet}`, turn)
