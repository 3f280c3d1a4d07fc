import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { runDetailSchema, runSummarySchema, type RunSummary } from '#shared/contract/runs.ts'
import { smallNetwork } from '../fixtures/networks.ts'
import { digitPicture, mnistDigit } from '../fixtures/mnist.ts'
import { signum, startSignum } from '../fixtures/signum.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let data: string
/** A spec.json of the least network that learns. */
let small: string

beforeAll(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'lab')
  small = join(folder.path, 'small.json')
  writeFileSync(small, JSON.stringify(smallNetwork()))
})

afterAll(() => folder[Symbol.dispose]())

async function json<Document>(...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await signum(data, ...args, '--json')
  expect({ code, stderr: code === 0 ? '' : stderr, stdout }).toMatchObject({ code: 0 })
  expect(stdout.trimEnd()).not.toContain('\n')
  return JSON.parse(stdout) as Document
}

interface Trained {
  runId: string
  epochs: { epoch: number }[]
  testAccuracy: number
}

describe('a training', () => {
  it('of the binary LeNet on 200 images answers with the documented JSON', async () => {
    const result = await json<Record<string, unknown> & Trained>(
      ...['train', 'lenet-binary', '--limit', '200', '--batch', '50', '--epochs', '1', '--seed', '3'],
    )
    expect(Object.keys(result)).toEqual([
      'runId',
      'network',
      'backend',
      'parameters',
      'binaryParameters',
      'packedBytes',
      'stepMs',
      'epochs',
      'testAccuracy',
      'remark',
    ])
    expect(result).toMatchObject({
      network: 'lenet-binary',
      parameters: 1_141_330,
      binaryParameters: 1_126_400,
      packedBytes: 200_520,
      stepMs: expect.any(Number) as number,
    })
    expect(['tensorflow', 'native']).toContain(result.backend)
    expect(result.epochs.map((epoch) => Object.keys(epoch))).toEqual([
      ['epoch', 'trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy', 'seconds'],
    ])
    expect(result.runId).toMatch(/^[a-z2-7]{10}$/)
    expect(result.testAccuracy).toBeGreaterThan(0.1)
  })

  it('can be stopped with Ctrl+C, and goes on from its checkpoint to the same end', async () => {
    const args = ['train', small, '--limit', '200', '--epochs', '12', '--seed', '5']
    const whole = await json<Trained>(...args)
    const running = startSignum(data, ...args, '--json')
    await running.says(/Epoch 1 /)
    running.process.kill('SIGINT')
    const { code, stdout, stderr } = await running.result
    expect(stderr).toContain('Stopping with a checkpoint')
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } }
    expect([code, error.code]).toEqual([1, 'cancelled'])
    const [stopped] = await json<RunSummary[]>('runs')
    expect(stopped).toMatchObject({ status: 'stopped' })
    expect(error.message).toContain(`"signum resume ${stopped!.id}"`)
    const resumed = await json<Trained>('resume', stopped!.id)
    expect(resumed.runId).toBe(stopped!.id)
    expect(resumed.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    expect(resumed.testAccuracy).toBe(whole.testAccuracy)
  })

  it('with --repeats trains one run after the other and answers with all of them, their mean and spread', async () => {
    const { code, stdout, stderr } = await signum(
      data,
      ...['train', small, '--limit', '200', '--epochs', '1', '--seed', '8', '--repeats', '2', '--json'],
    )
    expect(code).toBe(0)
    const result = JSON.parse(stdout) as {
      groupId: string
      runs: (Trained & { seed: number })[]
      testAccuracy: { mean: number; std: number }
    }
    const [first, second] = result.runs as [Trained & { seed: number }, Trained & { seed: number }]
    expect([first.seed, second.seed]).toEqual([8, 9])
    expect(result.testAccuracy.mean).toBeCloseTo((first.testAccuracy + second.testAccuracy) / 2, 12)
    expect(result.testAccuracy.std).toBeCloseTo(Math.abs(first.testAccuracy - second.testAccuracy) / Math.SQRT2, 12)
    expect(stderr).toMatch(
      /1 of 2, training small .*seed 8\.[^]*Seed 8: Epoch 1 [^]*2 of 2.*seed 9\.[^]*Seed 9: Epoch 1 /,
    )
    const listed = await json<RunSummary[]>('runs')
    expect(listed.filter(({ groupId }) => groupId === result.groupId)).toHaveLength(2)
  })

  it('shows its epochs on stderr and its result on stdout', async () => {
    const { code, stdout, stderr } = await signum(
      data,
      'train',
      small,
      '--limit',
      '200',
      '--epochs',
      '2',
      '--validation',
      '0.1',
      '--name',
      'Words',
    )
    expect(code).toBe(0)
    expect(stderr).toMatch(/Run \w{10}: training small on mnist\./)
    expect(stderr).toMatch(/Epoch 2 {2}train loss \d\.\d{4}, accuracy \d+\.\d\d % {2}validation loss .* {2}test loss/)
    expect(stdout).toMatch(/^Finished in \d+:\d\d with .*\nTest accuracy \d+\.\d\d %/)
    expect(stdout).not.toContain('\u001b')
  })
})

describe('what was trained', () => {
  let run: string
  beforeAll(async () => {
    run = (await json<Trained>('train', small, '--limit', '5000', '--epochs', '2', '--name', 'For questions')).runId
  })

  it('is listed, searched and shown', async () => {
    const runs = await json<RunSummary[]>('runs', '--search', 'for questions')
    expect(runs.map((found) => runSummarySchema.parse(found).id)).toEqual([run])
    expect(runDetailSchema.parse(await json('show', run.slice(0, 5)))).toMatchObject({ id: run, name: 'For questions' })
    expect((await signum(data, 'runs')).stdout).toMatch(/Run .*Status .*\n─+\n/)
    expect((await signum(data, 'show', 'latest')).stdout).toContain('Test accuracy')
  })

  it('is evaluated', async () => {
    const detail = await json<{ testAccuracy: number }>('show', run)
    const evaluation = await json<{ testAccuracy: number; images: number; microsecondsPerImage: number }>(
      'evaluate',
      run,
    )
    expect(Object.keys(evaluation)).toEqual(['testAccuracy', 'images', 'microsecondsPerImage'])
    expect(evaluation).toMatchObject({ testAccuracy: detail.testAccuracy, images: 10_000 })
  })

  it('reads real digits from PNG pictures, dark on light and light on dark', async () => {
    const digits = Array.from({ length: 10 }, (_, index) => mnistDigit(index))
    const files = digits.map(({ pixels }, index) => {
      const file = join(folder.path, `digit-${index}.png`)
      writeFileSync(file, digitPicture(pixels, { darkOnLight: index % 2 === 0 }))
      return file
    })
    interface Answer {
      file: string
      digit: number
      probabilities: number[]
      microseconds: number
    }
    const answers = await json<Answer[]>('predict', run, ...files)
    expect(answers.map(({ file }) => file)).toEqual(files)
    for (const { digit, probabilities } of answers) {
      expect(probabilities).toHaveLength(10)
      expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6)
      expect(probabilities[digit]).toBe(Math.max(...probabilities))
    }
    const right = answers.filter(({ digit }, index) => digit === digits[index]!.label).length
    expect(right).toBeGreaterThanOrEqual(7)
  })

  it('is written as a spec that can be trained again', async () => {
    const out = join(folder.path, 'again.json')
    expect(await json('export', run, '--format', 'json', '--out', out)).toMatchObject({ file: out, format: 'json' })
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(smallNetwork())
    expect(await json('summary', out)).toEqual(await json('summary', run))
  })

  it('is written as a packed file, as long as summary says, that answers on its own', async () => {
    const out = join(folder.path, 'small.packed')
    const { bytes } = await json<{ bytes: number }>('export', run, '--format', 'packed', '--output', out)
    const file = readFileSync(out)
    const { packedBytes } = analyseNetwork(smallNetwork()).totals
    expect([bytes, file.length]).toEqual([file.length, 20 + file.readUInt32LE(12) + packedBytes])

    const detail = await json<{ testAccuracy: number }>('show', run)
    const evaluation = await json<{ testAccuracy: number; images: number }>('evaluate', out)
    expect(evaluation.images).toBe(10_000)
    // Another order of sums: scores that are equal to the last digit may fall either way.
    expect(Math.abs(evaluation.testAccuracy - detail.testAccuracy)).toBeLessThanOrEqual(2 / 10_000)

    const picture = join(folder.path, 'packed-digit.png')
    writeFileSync(picture, digitPicture(mnistDigit(0).pixels))
    const [answer] = await json<{ digit: number }[]>('predict', out, picture)
    expect(answer!.digit).toBe(mnistDigit(0).label)
  })
})

it('a command whose reader has left ends as if it were still there', async () => {
  const command = startSignum(data, 'summary', 'lenet-binary')
  command.process.stdout!.destroy()
  expect(await command.result).toEqual({ code: 0, stdout: '', stderr: '' })
})

describe('a mistake ends the process with code 1 and one sentence', () => {
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder.path, name)
    writeFileSync(path, content)
    return path
  }

  it.each<[string, string, () => string[], RegExp]>([
    ['an unknown preset', 'unknown_preset', () => ['train', 'lenet-bynary'], /Did you mean "lenet-binary"\?/],
    ['a malformed spec', 'invalid_spec', () => ['train', write('bad.json', '{')], /bad\.json is not valid JSON/],
    [
      'a NaN learning rate',
      'invalid_settings',
      () => ['train', small, '--lr', 'NaN'],
      /--lr must be a number \(it is NaN\)/,
    ],
    [
      'a missing run',
      'run_not_found',
      () => ['predict', 'nope', write('one.png', digitPicture(mnistDigit(2).pixels))],
      /no run "nope"/,
    ],
  ])('%s', async (_name, code, args, message) => {
    const machine = await signum(data, ...args(), '--json')
    expect([machine.code, JSON.parse(machine.stdout)]).toEqual([
      1,
      { error: { code, message: expect.stringMatching(message) as string } },
    ])
    const human = await signum(data, ...args())
    expect([human.code, human.stdout]).toEqual([1, ''])
    expect(human.stderr).toMatch(message)
  })

  it('a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { code, stdout } = await signum(data, 'serve', '--port', String(port), '--no-open', '--json')
    server.close()
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      { error: { code: 'port_in_use', message: expect.stringContaining(`Port ${port}`) as string } },
    ])
  })

  it('a data folder that cannot be written', async () => {
    const file = write('file', '')
    const { code, stdout } = await signum(join(file, 'lab'), 'runs', '--json')
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { error: { code: 'data_folder_unwritable' } }])
    const chosen = await signum(data, 'runs', '--json', '--data-dir', join(file, 'other'))
    expect(chosen.stdout).toContain('file/other cannot be written')
  })

  it('a data folder that another Signum is writing to, though it can be read', async () => {
    const running = startSignum(data, 'train', small, '--limit', '200', '--epochs', '5000')
    await running.says(/Epoch 1 /)
    const { stdout } = await signum(data, 'train', small, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'data_folder_busy', message: expect.stringContaining(`process ${running.process.pid}`) as string },
    })
    expect((await json<RunSummary[]>('runs'))[0]).toMatchObject({ status: 'running' })
    running.process.kill('SIGTERM')
    expect((await running.result).stderr).toContain('was stopped after')
  })
})
