import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { LayerActivation } from '#shared/contract/activations.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { RunSummary } from '#shared/contract/runs.ts'
import { networkSpecSchema } from '#shared/model/spec.ts'
import ActivationsSection from '../../../../renderer/features/train/activations/ActivationsSection.vue'
import { RunHistory } from '../../../../renderer/stores/runHistory.ts'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'
import { detail, summary } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())

function leaving(id: string, type: string, block: string | null = null, isShortcut = false): LayerActivation {
  const side = { height: 2, width: 2, channels: 1, shown: 1 }
  return { id, type, block, isShortcut, ...side, isBinary: false, min: 0, max: 1, values: new Uint8Array(4) }
}

/** A block within a block, in the order in which the lab answers. */
const LAYERS = [
  leaving('conv1', 'Conv2d'),
  leaving('sign1', 'QActivation', 'outer'),
  leaving('conv2', 'QConv2d_NoAct', 'inner'),
  leaving('inner', 'Residual', 'outer'),
  leaving('outer.shortcut.conv', 'Conv2d', 'outer', true),
  leaving('outer', 'Residual'),
]

type Answers = ConstructorParameters<typeof FakeLab>[0]

async function open(watched: readonly string[] = [], change: Partial<RunSummary> = {}, answers: Answers = {}) {
  const lab = new FakeLab({
    'datasets.labels': () => ({ labels: Uint8Array.of(0, 1) }),
    'datasets.sample': () => ({ pixels: new Uint8Array(784), label: 0 }),
    'digits.activations': () => LAYERS,
    ...answers,
  })
  const history = new RunHistory('run-a')
  const tanh = (id: string) => ({ id, type: 'Tanh', watchActivations: watched.includes(id) })
  const block = { id: 'inner', type: 'Residual', layers: [tanh('conv2')] }
  const spec = networkSpecSchema.parse({
    schema: 1,
    name: 'blocks',
    input: { height: 28, width: 28, channels: 1 },
    layers: [tanh('conv1'), { id: 'outer', type: 'Residual', layers: [tanh('sign1'), block] }],
  })
  history.detail.value = detail({ spec })
  ;({ wrapper } = await mountOnPage(ActivationsSection, { lab, props: { run: summary(change), history, shown: [] } }))
  await flushPromises()
  await allPieces()
  const section = wrapper
  /** Each card under the blocks around it, outermost first. */
  const places = () =>
    section.findAll('[role="img"]').map(({ element }) => {
      const around: string[] = []
      for (let list = element.closest('ol'); list; list = list.parentElement?.closest('ol') ?? null) {
        around.unshift(list.getAttribute('aria-label')!)
      }
      return [...around.slice(1), element.getAttribute('aria-label')!.split(':')[0]!].join(' > ')
    })
  return { section, places }
}

describe('the activations of a run', () => {
  it('are those of every layer, what a block holds indented before what leaves it', async () => {
    const { section, places } = await open()
    expect(places()).toEqual([
      'Test image',
      'What leaves conv1',
      'Inside outer > What leaves sign1',
      'Inside outer > Inside inner > What leaves conv2',
      'Inside outer > What leaves inner',
      'Inside outer > What leaves outer.shortcut.conv',
      'What leaves outer',
    ])
    expect(section.text()).toContain('Conv2d, shortcut')
  })

  it.each([
    ['running', 'Nothing learned yet'],
    ['failed', 'This run ended before its first epoch was over.'],
  ] as const)('are said to be missing while a %s run has no weights', async (status, words) => {
    const untrained = () => {
      throw new SignumError('run_not_usable', 'Run run-a has no trained weights yet.')
    }
    const { section } = await open([], { status, epochsDone: 0 }, { 'digits.activations': untrained })
    expect(section.text()).toContain(words)
    expect(section.find('[role="alert"]').exists()).toBe(false)
  })

  it('of a run whose weights are gone are refused in the lab’s words', async () => {
    const gone = () => {
      throw new SignumError('run_not_usable', 'Run run-a has no trained weights.')
    }
    const { section } = await open([], { status: 'finished', epochsDone: 2 }, { 'digits.activations': gone })
    expect(section.text()).toContain('Run run-a has no trained weights.')
    expect(section.text()).not.toContain('ended before its first epoch')
  })

  it('are those of the watched layers with the blocks around them, and of all on demand', async () => {
    const { section, places } = await open(['conv2'])
    expect(places()).toEqual([
      'Test image',
      'Inside outer > Inside inner > What leaves conv2',
      'Inside outer > What leaves inner',
      'What leaves outer',
    ])
    await section.get('[role="switch"]').trigger('click')
    await allPieces()
    expect(places()).toHaveLength(1 + LAYERS.length)
  })
})
