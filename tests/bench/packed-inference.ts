/**
 * Time of one digit and of a hundred through the packed plan of lenet-binary, with random weights.
 *
 *     node tests/bench/packed-inference.ts [--threads 1] [--repeat 1000]
 *
 * Prints one JSON line for each instruction set and batch: microseconds a digit, median and best.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadKernels } from '#electron/native/index.ts'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { packNetwork } from '#electron/native/plan/network.ts'
import { createRunner } from '#electron/native/plan/runner.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'

const { values } = parseArgs({
  options: { threads: { type: 'string', default: '1' }, repeat: { type: 'string', default: '1000' } },
})
const file = new URL('../../resources/presets/lenet-binary.json', import.meta.url)
const spec = parseNetworkSpec((JSON.parse(readFileSync(file, 'utf8')) as { spec: unknown }).spec)

const tensors = new Map<string, Float32Array>()
const random = (count: number, low: number) => Float32Array.from({ length: count }, () => low + 2 * Math.random())
for (const { layer, cost, output } of analyseNetwork(spec).layers) {
  const outputs = output.shape.kind === 'image' ? output.shape.channels : output.shape.count
  const count = cost.parameters[1] + cost.parameters[32]
  if (layer.type === 'BatchNorm') {
    for (const name of ['weight', 'bias', 'running_mean']) tensors.set(`${layer.id}.${name}`, random(outputs, -1))
    tensors.set(`${layer.id}.running_var`, random(outputs, 1))
  } else if (count > 0) {
    const bias = 'bias' in layer && layer.bias ? outputs : 0
    tensors.set(`${layer.id}.weight`, random(count - bias, -1))
    if (bias > 0) tensors.set(`${layer.id}.bias`, random(bias, -1))
  }
}
const stages = compileNetwork(packNetwork(spec, tensors))

const kernels = loadKernels()
if (kernels === null) throw new Error('The C++ kernels are not compiled; run "npm run build:native".')
kernels.setThreadCount(Number(values.threads))
for (const instructionSet of kernels.describe().available) {
  kernels.useInstructionSet(instructionSet)
  const runner = createRunner(stages, kernels)
  for (const batch of [1, 100]) {
    const images = random(batch * 784, 0)
    const times: number[] = []
    const repeat = Math.ceil(Number(values.repeat) / batch / (instructionSet === 'scalar' ? 10 : 1))
    for (let index = 0; index < repeat + 3; index++) {
      const start = performance.now()
      runner.run(images, batch)
      times.push((1000 * (performance.now() - start)) / batch)
    }
    times.sort((a, b) => a - b)
    const rounded = (microseconds: number) => Number(microseconds.toFixed(1))
    const result = {
      instructionSet,
      threads: Number(values.threads),
      batch,
      median: rounded(times[times.length >> 1]!),
    }
    console.log(JSON.stringify({ ...result, best: rounded(times[0]!) }))
  }
}
