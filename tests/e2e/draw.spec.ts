import type { Locator } from '@playwright/test'
import { beginStroke, drawStroke, ONE, padOf, ZERO } from './support/pad.ts'
import { expect, test } from './support/test.ts'
import { goTo, roomOf } from './support/window.ts'

/** The shares of the ten digits in percent. */
async function sharesOf(answer: Locator): Promise<number[]> {
  const rows = await answer
    .getByRole('list', { name: /^Probabilities/ })
    .getByRole('listitem')
    .allInnerTexts()
  return rows.map((row) => Number(/([\d.]+)\s*%/.exec(row)![1]))
}

test('two networks read a digit that is drawn with the mouse', async ({ trainedLab }) => {
  const { page } = trainedLab
  await goTo(page, 'Draw')
  const answers = ['First network', 'Second network'].map((name) => page.getByRole('region', { name, exact: true }))

  for (const [digit, stroke] of [
    ['1', ONE],
    ['0', ZERO],
  ] as const) {
    await drawStroke(page, stroke)
    for (const answer of answers) {
      await expect(answer.getByRole('list', { name: /^Probabilities/ })).toBeVisible()
      await expect
        .poll(async () => {
          const shares = await sharesOf(answer)
          return String(shares.indexOf(Math.max(...shares)))
        })
        .toBe(digit)
      const total = (await sharesOf(answer)).reduce((sum, share) => sum + share, 0)
      expect(total).toBeCloseTo(100, 0)
    }
    await roomOf(page).getByRole('button', { name: 'Clear', exact: true }).click()
    for (const answer of answers) await expect(answer).toContainText('Draw a digit')
  }
})

test('the answers change while the pen is still down', async ({ trainedLab }) => {
  const { page } = trainedLab
  await goTo(page, 'Draw')
  const answer = page.getByRole('region', { name: 'First network', exact: true })
  await beginStroke(page, ONE)
  await expect(answer.getByRole('list', { name: /^Probabilities/ })).toBeVisible()
  await page.mouse.up()
})

test('a test image comes with its true digit, and undo takes it back', async ({ trainedLab }) => {
  const { page } = trainedLab
  await goTo(page, 'Draw')
  await page.getByRole('button', { name: 'A random 7 from the test images' }).click()
  await expect(roomOf(page)).toContainText(/Test image [\d,]+, a 7/)
  const answer = page.getByRole('region', { name: 'First network', exact: true })
  await expect(answer).toContainText(/Right|Wrong, it is a 7/)
  await roomOf(page).getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(padOf(page)).toHaveAccessibleName(/empty/)
})

test('without a trained network the room leads to Train', async ({ lab }) => {
  const { page } = lab
  await goTo(page, 'Draw')
  await roomOf(page).getByRole('button', { name: 'Go to Train' }).click()
  await expect(page).toHaveURL(/#\/train/)
})
