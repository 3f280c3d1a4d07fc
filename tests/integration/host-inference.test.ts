import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '#electron/host/host.ts'
import { openLab } from '../fixtures/lab.ts'
import { startRun, trainToEnd } from '../fixtures/runs.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  lab = openLab(folder.path, { limits: { answerWithinMs: 2_000, checkEveryMs: 20, memoryBytes: 5e8 } })
})

afterEach(async () => {
  await lab.close()
  folder[Symbol.dispose]()
})

const MISBEHAVIOUR_OF_MEMORY: [string, number, string][] = [['takes too much memory', 96, 'out_of_memory']]

/** A digit that the fake engine answers with `digit`, or misbehaves for. */
function drawn(digit: number): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(784)
  pixels[14 * 28 + 14] = digit
  return pixels
}

describe('a drawn digit', () => {
  it('is answered by each run, in the order asked', async () => {
    const { id: first } = await trainToEnd(lab, 'plain', 1)
    const { id: second } = await trainToEnd(lab, 'plain', 1)
    const answers = await lab.request('digits.predict', { runs: [second, first], pixels: drawn(7) })
    expect(answers.map(({ runId }) => runId)).toEqual([second, first])
    expect(answers[0]!.probabilities.indexOf(1)).toBe(7)
  })

  it('is answered by one process until it is no longer needed', async () => {
    const { id } = await trainToEnd(lab, 'plain', 1)
    const pid = async () => (await lab.request('digits.predict', { runs: [id], pixels: drawn(1) }))[0]!.microseconds
    expect(await pid()).toBe(await pid())
  })

  it.each<[string, number, string]>([
    ['crashes', 99, 'engine_died'],
    ['says nothing', 98, 'engine_stalled'],
    ['refuses', 97, 'checkpoint_damaged'],
    // Elsewhere nobody can cheaply tell what a process holds.
    ...(process.platform === 'linux' ? MISBEHAVIOUR_OF_MEMORY : []),
  ])('that the engine %s at is an error, and the next one is answered', async (_name, digit, code) => {
    const { id } = await trainToEnd(lab, 'plain', 1)
    await expect(lab.request('digits.predict', { runs: [id], pixels: drawn(digit) })).rejects.toMatchObject({ code })
    const [answer] = await lab.request('digits.predict', { runs: [id], pixels: drawn(3) })
    expect(answer!.probabilities.indexOf(1)).toBe(3)
  })

  it('must have 784 pixels and some ink', async () => {
    const { id } = await trainToEnd(lab, 'plain', 1)
    const ask = (pixels: Uint8Array<ArrayBuffer>) => lab.request('digits.predict', { runs: [id], pixels })
    await expect(ask(new Uint8Array(783))).rejects.toMatchObject({ code: 'invalid_image' })
    await expect(ask(new Uint8Array(784))).rejects.toMatchObject({ code: 'blank_image' })
  })

  it('needs a run that has been trained', async () => {
    const { id } = await startRun(lab, 'hang')
    await expect(lab.request('digits.predict', { runs: [id], pixels: drawn(1) })).rejects.toMatchObject({
      code: 'run_not_usable',
    })
    await lab.close(0)
  })

  it('is answered by the checkpoint before a damaged one', async () => {
    const { id } = await trainToEnd(lab, 'plain', 2)
    const checkpoints = join(folder.path, 'runs', id, 'checkpoints')
    rmSync(join(checkpoints, 'epoch-0002', 'state.json'))
    mkdirSync(join(checkpoints, 'epoch-0003.tmp'))
    const [answer] = await lab.request('digits.predict', { runs: [id], pixels: drawn(5) })
    expect(answer!.probabilities.indexOf(1)).toBe(5)
    rmSync(join(checkpoints, 'epoch-0001', 'state.json'))
    await expect(lab.request('digits.predict', { runs: [id], pixels: drawn(5) })).rejects.toMatchObject({
      code: 'checkpoint_damaged',
      message: expect.stringContaining('epoch-0002') as string,
    })
  })
})

it('evaluates a run', async () => {
  const { id } = await trainToEnd(lab, 'plain', 1)
  expect(await lab.request('runs.evaluate', { id: id.slice(0, 5) })).toEqual({
    testAccuracy: 0.9,
    images: 10_000,
    microsecondsPerImage: 12,
  })
})

it('lists datasets and shows their images', async () => {
  expect((await lab.request('datasets.list', {})).map(({ name }) => name)).toEqual(['mnist', 'fashion-mnist'])
  expect(await lab.request('datasets.sample', { dataset: 'mnist', split: 'test', index: 42 })).toEqual({
    pixels: new Uint8Array(784).fill(42),
    label: 2,
  })
  const beyond = lab.request('datasets.sample', { dataset: 'mnist', split: 'test', index: 10_000 })
  await expect(beyond).rejects.toMatchObject({ message: expect.stringContaining('from 0 to 9999') as string })
  const unknown = lab.request('datasets.sample', { dataset: 'cifar', split: 'test', index: 0 })
  await expect(unknown).rejects.toMatchObject({ code: 'unknown_dataset' })
})

it('closing the lab ends a question that is still open', async () => {
  const { id } = await trainToEnd(lab, 'plain', 1)
  const asked = lab.request('digits.predict', { runs: [id], pixels: drawn(98) })
  const refused = expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  await lab.close()
  await refused
})
