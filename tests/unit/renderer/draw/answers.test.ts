import type { VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import DrawAnswers from '../../../../renderer/features/draw/DrawAnswers.vue'
import type { Stamp } from '../../../../renderer/drawing/drawing.ts'
import { useDrawStore } from '../../../../renderer/stores/draw.ts'
import { FakeLab } from '../fakeLab.ts'
import { mountOnPage } from '../mount.ts'
import { detail } from '../runFixtures.ts'

let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())

const PIXELS = new Uint8Array(784).fill(9)
/** Certain of the last class, and of the fourth behind it. */
const PROBABILITIES = [0, 0, 0, 0.2, 0, 0, 0, 0, 0, 0.8]

/** Two networks, one for clothes and one for digits, asked about an image of `stamp`'s dataset. */
async function answersAbout(dataset: string, label: number) {
  const lab = new FakeLab({
    'digits.predict': ({ runs }) => runs.map((runId) => ({ runId, probabilities: PROBABILITIES, microseconds: 300 })),
  })
  const clothes = { id: 'clothes', dataset: 'fashion-mnist', binaryParameters: 0 }
  lab.runs.push(detail({ ...clothes, status: 'finished' }), detail({ id: 'digits', status: 'finished' }))
  const stamp: Stamp = { kind: 'stamp', pixels: PIXELS, index: 3, label, dataset }
  ;({ wrapper } = await mountOnPage(DrawAnswers, { lab, props: { stamp } }))
  const draw = useDrawStore()
  draw.digit = PIXELS
  await vi.waitFor(() => expect(draw.answers.size).toBe(2))
  return {
    clothes: wrapper.get('[aria-label="First network"]').text(),
    digits: wrapper.get('[aria-label="Second network"]').text(),
  }
}

test('a network trained on clothes answers with their names, and knows whether it was right', async () => {
  const right = await answersAbout('fashion-mnist', 9)
  expect(right.clothes).toMatch(/Ankle boot.*ahead of Dress.*Right/)
  wrapper!.unmount()
  const wrong = await answersAbout('fashion-mnist', 0)
  expect(wrong.clothes).toContain('Wrong: T-shirt or top')
})

test('nobody tells a network of digits that it is wrong about a shoe', async () => {
  const { digits } = await answersAbout('fashion-mnist', 9)
  expect(digits).toMatch(/9.*ahead of 3/)
  expect(digits).not.toMatch(/Right|Wrong/)
})
