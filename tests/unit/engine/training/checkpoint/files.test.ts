import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newestFirst, type CheckpointState, type Position } from '#electron/engine/training/checkpoint/format.ts'
import { readCheckpoint, readNewestCheckpoint, readWeights } from '#electron/engine/training/checkpoint/read.ts'
import { packVariables, restoreVariables } from '#electron/engine/training/checkpoint/tensors.ts'
import { prepareCheckpointFolder, writeCheckpoint } from '#electron/engine/training/checkpoint/write.ts'
import { checkLeaks, native, useBackend } from '../../support.ts'

describe('checkpoints', () => {
  let folder: string
  beforeAll(() => useBackend(native))
  checkLeaks()
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signum-checkpoint-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  function pack(name: string, values: number[]) {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d(values)))
    const packed = packVariables([{ name, variable }])
    variable.dispose()
    return packed
  }

  async function write(position: Partial<Position>, values = [1, -2, 0.1]): Promise<string> {
    const weights = pack('layer.weight', values)
    const optimizer = pack('layer.weight.exp_avg', [4])
    const state: CheckpointState = {
      schema: 1,
      position: {
        epochsDone: 1,
        epochSteps: 0,
        steps: 10,
        seconds: 1.5,
        epochSeconds: 0,
        sums: { loss: 0, hits: 0, images: 0 },
        ...position,
      },
      random: { order: [1, -2, 3, 4], dropout: [5, 6, 7, 8] },
      optimizer: { type: 'adam', steps: 10 },
      files: { 'weights.bin': weights.file, 'optimizer.bin': optimizer.file },
    }
    return writeCheckpoint(folder, state, weights.bytes, optimizer.bytes)
  }

  const epochOf = async () => (await readNewestCheckpoint(folder))?.state.position.epochsDone

  it('come back as they were written', async () => {
    const path = await write({})
    const { state, weights } = await readCheckpoint(path)
    expect(state.random.order).toEqual([1, -2, 3, 4])
    const variable = tf.tidy(() => tf.variable(tf.zeros([3])))
    restoreVariables([{ name: 'layer.weight', variable }], weights, state.files['weights.bin'])
    expect([...variable.dataSync()]).toEqual([1, -2, Math.fround(0.1)])
    variable.dispose()
    const { bytes } = await readWeights(path)
    expect(bytes).toEqual(weights)
  })

  it('are ordered by epoch, then by step; half-written ones do not count', () => {
    const names = [
      'epoch-0002',
      'epoch-0010',
      'epoch-0002-step-0000025',
      'epoch-0011.tmp',
      'x',
      'epoch-0002-step-0000030',
    ]
    expect(newestFirst(names)).toEqual([
      'epoch-0010',
      'epoch-0002-step-0000030',
      'epoch-0002-step-0000025',
      'epoch-0002',
    ])
  })

  it('are kept two at a time, and leave nothing else behind', async () => {
    for (const epochsDone of [1, 2, 3]) await write({ epochsDone })
    await mkdir(join(folder, 'epoch-0009.tmp'))
    await write({ epochsDone: 3, epochSteps: 4, steps: 34 })
    expect((await readdir(folder)).toSorted()).toEqual(['epoch-0003', 'epoch-0003-step-0000034'])
  })

  it('are none where there is none', async () => {
    expect(await readNewestCheckpoint(folder)).toBeNull()
    expect(await readNewestCheckpoint(join(folder, 'missing'))).toBeNull()
  })

  it.each(['weights.bin', 'optimizer.bin', 'state.json'])(
    'with a %s cut anywhere are passed over for the one before',
    async (file) => {
      await write({ epochsDone: 1 })
      const newest = await write({ epochsDone: 2 })
      expect(await epochOf()).toBe(2)
      const whole = await readFile(join(newest, file))
      for (let length = whole.length - 2; length >= 0; length -= Math.ceil(whole.length / 9)) {
        await truncate(join(newest, file), length)
        expect(await epochOf()).toBe(1)
        await writeFile(join(newest, file), whole)
      }
      await rm(join(newest, file))
      expect(await epochOf()).toBe(1)
    },
  )

  it.each(['weights.bin', 'optimizer.bin'])('with one wrong bit in %s are passed over', async (file) => {
    await write({ epochsDone: 1 })
    const newest = await write({ epochsDone: 2 })
    const bytes = await readFile(join(newest, file))
    bytes[bytes.length - 1]! ^= 1
    await writeFile(join(newest, file), bytes)
    expect(await epochOf()).toBe(1)
  })

  it('are refused by name when none is whole', async () => {
    const first = await write({ epochsDone: 1 })
    await appendFile(join(first, 'weights.bin'), 'x')
    await expect(readNewestCheckpoint(folder)).rejects.toMatchObject({
      code: 'checkpoint_damaged',
      message: expect.stringContaining('weights.bin: it has 13 bytes, not 12'),
    })
  })

  it('of a newer version are refused as such', async () => {
    const path = await write({})
    await writeFile(join(path, 'state.json'), JSON.stringify({ schema: 2 }))
    await expect(readCheckpoint(path)).rejects.toThrowError(/newer version/)
  })

  it('replace a damaged one of the same name', async () => {
    const path = await write({ epochsDone: 2 })
    await truncate(join(path, 'weights.bin'), 3)
    await write({ epochsDone: 2 })
    expect(await epochOf()).toBe(2)
  })

  it("of one moment take each other's place, and at no time is there none", async () => {
    await write({ epochsDone: 1 })
    let isWriting = true
    const writing = (async () => {
      for (let turn = 0; turn < 40; turn++) await write({ epochsDone: 1 }, [turn])
      isWriting = false
    })()
    while (isWriting) expect(newestFirst(await readdir(folder))).not.toEqual([])
    await writing
    expect(await readdir(folder)).toEqual(['epoch-0001'])
  })

  it('are read and replaced where the lab died while one took the place of another', async () => {
    const path = await write({ epochsDone: 1 })
    await rename(path, `${path}.old`)
    expect(await epochOf()).toBe(1)
    await write({ epochsDone: 1 })
    await cp(path, `${path}.old`, { recursive: true })
    await write({ epochsDone: 1 })
    expect(await readdir(folder)).toEqual(['epoch-0001'])
  })

  it('stay whole when the next one cannot be written', async () => {
    await write({ epochsDone: 1 })
    // Not even the superuser can make a folder where a file stands.
    const blocked = join(folder, 'blocked')
    await writeFile(blocked, '')
    const weights = pack('w', [1])
    const { state } = await readCheckpoint(join(folder, 'epoch-0001'))
    const refusal = { code: 'data_folder_unwritable', message: expect.stringContaining(blocked) }
    const target = join(blocked, 'deeper')
    await expect(prepareCheckpointFolder(target)).rejects.toMatchObject(refusal)
    await expect(writeCheckpoint(target, state, weights.bytes, weights.bytes)).rejects.toMatchObject(refusal)
    expect(await epochOf()).toBe(1)
  })

  it('of another network are refused', async () => {
    const { weights, state } = await readCheckpoint(await write({}))
    const variable = tf.tidy(() => tf.variable(tf.zeros([4])))
    const restore = () => restoreVariables([{ name: 'layer.weight', variable }], weights, state.files['weights.bin'])
    expect(restore).toThrowError(expect.objectContaining({ code: 'checkpoint_damaged' }))
    variable.dispose()
  })

  it('can be copied elsewhere and read there', async () => {
    const path = await write({})
    const copy = join(folder, 'copy')
    await cp(path, copy, { recursive: true })
    await chmod(copy, 0o500)
    expect((await readCheckpoint(copy)).state.position.steps).toBe(10)
    await chmod(copy, 0o700)
  })
})
