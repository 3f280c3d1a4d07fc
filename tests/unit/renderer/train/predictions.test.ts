import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { RequestOf } from '#shared/contract/methods.ts'
import PredictionsSection from '../../../../renderer/features/train/predictions/PredictionsSection.vue'
import { RunHistory } from '../../../../renderer/stores/runHistory.ts'
import { FakeLab } from '../fakeLab.ts'
import { allPieces, mountOnPage } from '../mount.ts'
import { detail, summary } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())

/** Two images of each digit. In epoch 1 every 4 is taken for a 9, in epoch 2 only the first one, with a higher loss. */
const LABELS = Uint8Array.from({ length: 20 }, (_, image) => image % 10)
const predictedIn = (epoch: number) =>
  LABELS.map((label, image) => (label === 4 && (epoch === 1 || image < 10) ? 9 : label))
const LOSSES = Uint8Array.from({ length: 20 }, (_, image) => image)

async function open(epochs: number[], keptEpoch: number | null = null) {
  const asked: RequestOf<'datasets.samples'>[] = []
  const lab = new FakeLab({
    'runs.predictedEpochs': () => ({ epochs }),
    'runs.predictions': ({ epoch }) => ({ predicted: predictedIn(epoch), losses: LOSSES }),
    'datasets.labels': () => ({ labels: LABELS }),
    'datasets.samples': (input) => {
      asked.push(input)
      return { pixels: new Uint8Array(784 * input.indices.length), labels: new Uint8Array(input.indices.length) }
    },
  })
  const history = new RunHistory('run-a')
  history.detail.value = detail({ keptEpoch })
  ;({ wrapper } = await mountOnPage(PredictionsSection, { lab, props: { run: summary(), history, shown: [] } }))
  await flushPromises()
  await allPieces()
  const section = wrapper
  const cell = (words: string) => section.get(`button[aria-label="${words}"]`)
  const images = () => section.findAll('canvas').map((canvas) => canvas.attributes('aria-label'))
  return { section, cell, images, asked }
}

describe('the predictions of a run', () => {
  it('are those of its newest epoch, the worst mistakes first', async () => {
    const { section, cell, images, asked } = await open([1, 2])
    expect(section.text()).toContain('Epoch 2')
    expect(cell('4 taken for 9: 1 image').text()).toBe('1')
    expect(cell('7: 2 images answered right').text()).toBe('2')
    expect(images()).toEqual(['Test image 4: 4, taken for 9'])
    expect(asked).toEqual([{ dataset: 'mnist', split: 'test', indices: [4] }])
    expect(section.get('[aria-label="Accuracy of each class"]').text()).toContain('450.0 %')
  })

  it('are those of the epoch that early stopping has kept, until another is chosen', async () => {
    const { section } = await open([1, 2], 1)
    expect(section.text()).toContain('Epoch 1, kept')
    await section.get('[role="slider"]').trigger('keydown', { key: 'ArrowRight' })
    await flushPromises()
    expect(section.text()).toContain('Epoch 2')
    await section.get('[role="switch"]').trigger('click')
    await flushPromises()
    expect(section.text()).toContain('Epoch 1, kept')
  })

  it('can be scrubbed through, and follow the newest epoch again', async () => {
    const { section, images } = await open([1, 2])
    await section.get('[role="slider"]').trigger('keydown', { key: 'ArrowLeft' })
    await flushPromises()
    expect(section.text()).toContain('Epoch 1')
    expect(images()).toEqual(['Test image 14: 4, taken for 9', 'Test image 4: 4, taken for 9'])
    await section.get('[role="switch"]').trigger('click')
    await flushPromises()
    expect(section.text()).toContain('Epoch 2')
  })

  it('show the images of a cell, and go from cell to cell by arrow keys', async () => {
    const { section, cell, images } = await open([1])
    await cell('4 taken for 9: 2 images').trigger('click')
    expect(section.text()).toContain('4 taken for 9: 2 of the test images')
    await cell('4 taken for 9: 2 images').trigger('keydown', { key: 'ArrowUp' })
    expect(section.text()).toContain('No image of the test set is in this cell.')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('3 taken for 9: 0 images')
    await section
      .findAll('button')
      .find((button) => button.text() === 'Show the worst mistakes')!
      .trigger('click')
    await allPieces()
    expect(images()).toHaveLength(2)
  })

  it('are announced before there are any', async () => {
    const { section } = await open([])
    expect(section.text()).toContain('No answers yet')
  })
})
