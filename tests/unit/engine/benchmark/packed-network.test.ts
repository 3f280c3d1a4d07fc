import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadNative } from '#electron/engine/backends/native.ts'
import { floatNetwork } from '#electron/engine/benchmark/float-network.ts'
import { packedNetwork } from '#electron/engine/benchmark/packed-network.ts'
import { Parts } from '#electron/engine/benchmark/turns.ts'
import { loadKernels } from '#electron/native/index.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'

const preset = (name: string) =>
  parseNetworkSpec(
    JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../../resources/presets/${name}.json`), 'utf8')).spec,
  )
const kernels = loadKernels()

describe.runIf(kernels !== null).each(['lenet-binary', 'fashion-residual'])('%s', (name) => {
  test('has a name and a time for every stage of the plan and every layer', async () => {
    const spec = preset(name)
    const { operations } = await loadNative(1)
    using float = await floatNetwork(spec, null, operations)
    const packed = packedNetwork(spec, float.tensors(), kernels!)
    const images = new Float32Array(2 * 784)
    expect(float.layerIds).toEqual(spec.layers.map(({ id }) => id))
    for (const [contender, names] of [
      [float.contender(images, 2), float.layerIds],
      [packed.stages(images, 2), packed.stageNames],
    ] as const) {
      const parts = new Parts()
      contender.run(parts)
      expect([...parts.milliseconds.keys()]).toEqual(names)
      for (const time of parts.milliseconds.values()) expect(time).toBeGreaterThanOrEqual(0)
    }
    expect(new Set(packed.stageNames).size).toBe(packed.stageNames.length)
  })
})

describe.runIf(kernels !== null)('the peaks', () => {
  test('tell how many multiply-adds they did, and refuse to do none', () => {
    kernels!.setThreadCount(1)
    expect(kernels!.peakOfSigns(3)).toBe(3 * 4 * 512 * 64)
    expect(kernels!.peakOfFloats(5) % 60).toBe(0)
    expect(() => kernels!.peakOfSigns(0)).toThrow(/rounds/)
    expect(() => kernels!.peakOfFloats(NaN)).toThrow(/rounds/)
  })
})
