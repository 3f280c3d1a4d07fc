import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Snapshot, SnapshotIndex } from '#shared/contract/snapshots.ts'
import { HISTOGRAM_BUCKETS } from '#shared/snapshots/format.ts'
import WeightsPanel from '../../../../renderer/features/train/weights/WeightsPanel.vue'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'
import { summary } from '../runFixtures.ts'

const RUN = summary({ id: 'run-1', status: 'running' })

const index = (steps: number[], binary = true): SnapshotIndex => ({
  stepsPerEpoch: 10,
  totalSteps: 100,
  layers: [
    {
      id: 'conv2',
      type: binary ? 'QConv2d' : 'Conv2d',
      binary,
      filters: 4,
      filter: { height: 3, width: 3, channels: 1 },
      clip: null,
    },
  ],
  frames: steps.map((step) => ({ step, modes: binary ? ['signs', 'latents', 'flips'] : ['latents'] })),
})

const snapshot = ({ mode, step, from, count }: Pick<Snapshot, 'mode' | 'step' | 'from' | 'count'>): Snapshot => ({
  mode,
  step,
  from,
  count,
  size: 9,
  range: 1,
  values: new Uint8Array(mode === 'flips' ? 18 * count : 9 * count),
})

let steps = [0, 1, 4, 10]
let wrapper: VueWrapper | null = null
afterEach(() => wrapper?.unmount())

async function open(
  answer: () => SnapshotIndex = () => index(steps),
  beside: { id: string; name: string } | null = null,
) {
  const lab = new FakeLab({
    'weights.index': answer,
    'weights.history': () => ({
      layers: [
        {
          layer: 'conv2',
          flipSteps: Float32Array.of(1, 4),
          flipRatios: Float32Array.of(0.1, 0.05),
          histogramSteps: Float32Array.of(0, 1),
          ranges: Float32Array.of(1, 1),
          histograms: new Float32Array(2 * HISTOGRAM_BUCKETS),
          buckets: HISTOGRAM_BUCKETS,
        },
      ],
    }),
    'weights.snapshot': ({ mode, step, from = 0, count = 4 }) => snapshot({ mode, step, from, count }),
  })
  const mounted = await mountOnPage(WeightsPanel, { lab, props: { run: RUN, detail: null, beside } })
  wrapper = mounted.wrapper
  await settled()
  return mounted
}

/** The index is asked for in the next frame. */
async function settled(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve))
  await flushPromises()
  await flushPromises()
}

const button = (name: string) => wrapper!.get(`[aria-label="${name}"]`)
const place = () => wrapper!.get('.place').text()

describe('weights in motion', () => {
  it('stand at the newest frame and follow it while the run trains', async () => {
    steps = [0, 1, 4, 10]
    const { lab } = await open()
    expect(place()).toBe('step 10, epoch 1.00')
    steps = [0, 1, 4, 10, 18]
    lab.emit('run.snapshot', { runId: 'run-1', step: 18 })
    await settled()
    expect(place()).toBe('step 18, epoch 1.80')
  })

  it('lead to the run beside where this one has recorded none', async () => {
    await open(() => ({ ...index([]), layers: [] }), { id: 'run-2', name: 'twin' })
    const button = wrapper!.findAll('button').find((one) => one.text() === 'See the weights of twin')!
    await button.trigger('click')
    await flushPromises()
    expect(location.hash).toBe('#/train/run-2')
  })

  it('stay at a frame that was gone to, and follow again when asked', async () => {
    steps = [0, 1, 4, 10]
    const { lab } = await open()
    await button('Frame before').trigger('click')
    expect(place()).toBe('step 4, epoch 0.40')
    steps = [0, 1, 4, 10, 18]
    lab.emit('run.snapshot', { runId: 'run-1', step: 18 })
    await settled()
    expect(place()).toBe('step 4, epoch 0.40')
    await button('Follow the newest frame').trigger('click')
    expect(place()).toBe('step 18, epoch 1.80')
  })

  it('show only latent values of a layer that is not binary', async () => {
    await open(() => index([0, 10], false))
    await allPieces()
    expect(wrapper!.findAll('[role="radio"]').map((radio) => radio.text())).not.toContain('Binary')
    expect(wrapper!.text()).toContain('No layer here is binary')
  })

  it('say where there are none yet', async () => {
    await open(() => ({ stepsPerEpoch: 0, totalSteps: 0, layers: [], frames: [] }))
    expect(wrapper!.text()).toContain('The first comes with the first step.')
  })

  it('say what went wrong, and try again', async () => {
    let works = false
    await open(() => {
      if (!works) throw new Error('The file is torn.')
      return index([0, 10])
    })
    expect(wrapper!.text()).toContain('The file is torn.')
    works = true
    await wrapper!
      .findAll('button')
      .find((one) => one.text() === 'Try again')!
      .trigger('click')
    await settled()
    expect(place()).toBe('step 10, epoch 1.00')
  })
})
