import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '#electron/cli/main.ts'
import { doctorCheckSchema } from '#shared/contract/methods.ts'
import { digitPicture } from '../../fixtures/mnist.ts'
import { smallNetwork } from '../../fixtures/networks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let data: string
let small: string

beforeAll(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'lab')
  small = write('small.json', JSON.stringify(smallNetwork()))
})

afterAll(() => folder[Symbol.dispose]())

/** The whole command in this process, its words kept. */
async function signum(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = ''
  let stderr = ''
  const code = await main(args, {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    isScreen: false,
    columns: 80,
  })
  return { code, stdout, stderr }
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

describe('a command that asks for the impossible is refused in one sentence', () => {
  const broken = (name: string, change: (spec: ReturnType<typeof smallNetwork>) => unknown) => {
    const spec = structuredClone(smallNetwork())
    return write(name, JSON.stringify(change(spec) ?? spec))
  }

  it.each<[string, string, () => string[], RegExp]>([
    ['an unknown command', 'invalid_request', () => ['trian', 'lenet-binary'], /Did you mean "signum train"/],
    ['no network', 'invalid_request', () => ['train'], /network/],
    ['an unknown option', 'invalid_request', () => ['runs', '--serch', 'x'], /--serch/],
    ['an unknown preset', 'unknown_preset', () => ['train', 'lenet-bynary'], /Did you mean "lenet-binary"\?/],
    [
      'an unknown summary',
      'unknown_preset',
      () => ['summary', 'zzzzzzzzzzzzzzz'],
      /There are: lenet-full-precision, lenet-binary/,
    ],
    ['a missing spec', 'file_unreadable', () => ['train', 'nowhere.json'], /nowhere\.json.*no such file/],
    ['a spec that is no JSON', 'invalid_spec', () => ['train', write('bad.json', '{')], /bad\.json is not valid JSON/],
    [
      'a spec without layers',
      'invalid_spec',
      () => ['train', broken('a.json', (spec) => ({ ...spec, layers: [] }))],
      /a\.json: "layers" must not be empty/,
    ],
    [
      'an impossible shape',
      'invalid_shape',
      () => ['train', broken('b.json', (spec) => ({ ...spec, layers: spec.layers.slice(1) }))],
      /Insert Flatten/,
    ],
    [
      'a learning rate of zero',
      'invalid_settings',
      () => ['train', small, '--lr', '0'],
      /--lr must be greater than 0 \(it is 0\)/,
    ],
    [
      'an unknown optimiser',
      'invalid_settings',
      () => ['train', small, '--optimizer', 'lion'],
      /--optimizer must be "adam", "adamw", "sgd" or "bop" \(it is "lion"\)/,
    ],
    [
      'a momentum without SGD',
      'invalid_settings',
      () => ['train', small, '--momentum', '0.9'],
      /--momentum belongs to --optimizer sgd, not to adam/,
    ],
    [
      'a momentum of 1',
      'invalid_settings',
      () => ['train', small, '--optimizer', 'sgd', '--momentum', '1'],
      /--momentum must be less than 1 \(it is 1\)/,
    ],
    [
      'a smallest difference without early stopping',
      'invalid_settings',
      () => ['train', small, '--min-delta', '0.1'],
      /Add --early-stopping/,
    ],
    [
      'an augmentation that is none',
      'invalid_settings',
      () => ['train', small, '--augment', 'shift=2,tilt=3'],
      /--augment cannot read "tilt=3"\. Write numbers for shift, rotation, elastic/,
    ],
    [
      'an augmentation out of bounds',
      'invalid_settings',
      () => ['train', small, '--augment', 'shift=-2'],
      /--augment shift must be at least 0 \(it is -2\)/,
    ],
    [
      'a warm-up as long as the training',
      'invalid_settings',
      () => ['train', small, '--epochs', '2', '--warmup', '2'],
      /warm-up takes 2 of 2 epochs and leaves none/,
    ],
    [
      'a learning rate of NaN',
      'invalid_settings',
      () => ['train', small, '--lr', 'NaN'],
      /--lr must be a number \(it is NaN\)/,
    ],
    [
      'epochs in words',
      'invalid_settings',
      () => ['train', small, '--epochs', 'ten'],
      /--epochs must be a number \(it is "ten"\)/,
    ],
    [
      'a batch larger than the data',
      'invalid_settings',
      () => ['train', small, '--limit', '50', '--batch', '51'],
      /51.*50/,
    ],
    ['an unknown backend', 'invalid_settings', () => ['train', small, '--backend', 'cuda'], /--backend must be "auto"/],
    ['an unknown dataset', 'unknown_dataset', () => ['train', small, '--dataset', 'cifar'], /Choose "mnist"/],
    ['a missing run', 'run_not_found', () => ['show', 'nope'], /no run "nope"/],
    ['an ambiguous nothing', 'run_not_found', () => ['evaluate', 'zzz'], /zzz/],
    [
      'an unknown engine',
      'invalid_request',
      () => ['evaluate', 'latest', '--engine', 'quantum'],
      /"float" or "packed"/,
    ],
    [
      'an image that is none',
      'invalid_image',
      () => ['predict', 'latest', write('text.png', 'hello')],
      /text\.png is not a PNG/,
    ],
    [
      'a blank image',
      'blank_image',
      () => ['predict', 'latest', write('blank.png', digitPicture(new Uint8Array(784)))],
      /blank\.png is blank/,
    ],
    [
      'a format that is to come',
      'not_supported',
      () => ['export', 'latest', '--format', 'onnx', '--out', 'x'],
      /"onnx"/,
    ],
    [
      'an unknown format',
      'invalid_request',
      () => ['export', 'latest', '--format', 'zip'],
      /one of json, packed.*"zip"/,
    ],
    ['a missing packed file', 'file_unreadable', () => ['evaluate', 'none.packed'], /none\.packed.*no such file/],
    [
      'a packed file on floats',
      'invalid_request',
      () => ['evaluate', write('a.packed', 'x'), '--engine', 'float'],
      /engine "float"\. Leave out --engine/,
    ],
    ['a run on another dataset', 'invalid_request', () => ['evaluate', 'latest', '--dataset', 'mnist'], /--dataset/],
    ['an import', 'not_supported', () => ['import', 'x.zip'], /not supported yet/],
    ['an unknown benchmark', 'invalid_request', () => ['bench', 'speed'], /There are: kernels, infer, train/],
    ['a benchmark named as every object has it', 'invalid_request', () => ['bench', 'constructor'], /no benchmark/],
    ['a benchmark of no rounds', 'invalid_settings', () => ['bench', 'kernels', '--rounds', '0'], /--rounds must be/],
    ['a benchmark of half a round', 'invalid_settings', () => ['bench', 'infer', '--rounds', '1.5'], /1 to 10000/],
    ['a benchmark without threads', 'invalid_settings', () => ['bench', 'infer', '--threads', '0'], /--threads must/],
    ['a benchmark elsewhere', 'invalid_settings', () => ['bench', 'kernels', '--backend', 'gpu'], /--backend must be/],
    ['an option of another benchmark', 'invalid_request', () => ['bench', 'kernels', '--steps', '3'], /no --steps/],
    ['a network for the kernels', 'invalid_request', () => ['bench', 'kernels', 'lenet-binary'], /no --network/],
    [
      'two networks to measure',
      'invalid_request',
      () => ['bench', 'infer', 'lenet-twin', '--network', 'lenet-binary'],
      /one network/,
    ],
    ['answers of an unknown network', 'unknown_preset', () => ['bench', 'infer', 'lenet-bynary'], /"lenet-binary"\?/],
    ['a benchmark of no steps', 'invalid_settings', () => ['bench', 'train', '--steps', '0'], /--steps must be/],
    ['a benchmark of an unknown network', 'unknown_preset', () => ['bench', '--network', 'nonsense'], /nonsense/],
  ])('%s', async (_name, code, args, message) => {
    const machine = await signum(...args(), '--json', '--data-dir', data)
    const { error, ...rest } = JSON.parse(machine.stdout) as { error: { code: string; message: string } }
    expect([machine.code, error.code, rest]).toEqual([1, code, {}])
    expect(Object.keys(error)).toEqual(['code', 'message'])
    expect(error.message).toMatch(message)
    const human = await signum(...args(), '--data-dir', data)
    expect(human).toEqual({ code: 1, stdout: '', stderr: `${error.message}\n` })
    if (existsSync(data)) expect(readdirSync(join(data, 'runs'))).toEqual([])
  })
})

describe('without a data folder', () => {
  it('a summary, the version, help and the doctor can be had', async () => {
    const nowhere = ['--data-dir', join(small, 'lab')]
    expect((await signum('summary', 'lenet-binary', ...nowhere)).stdout).toContain('89.05 %')
    expect((await signum('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect((await signum('help', 'train')).stdout).toContain('signum train lenet-binary')
    expect((await signum('predict', '--help')).stdout).toContain('signum predict latest')
    const checks = JSON.parse((await signum('doctor', '--json', ...nowhere)).stdout) as unknown[]
    for (const check of checks) doctorCheckSchema.parse(check)
  })
})
