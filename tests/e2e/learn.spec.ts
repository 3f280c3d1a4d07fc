import { expect, test } from './support/test.ts'
import { goTo, lessonsOf, roomOf } from './support/window.ts'

test('the slider for the gradient cancellation threshold moves the curve', async ({ lab }) => {
  const { page } = lab
  await goTo(page, 'Learn')
  await lessonsOf(page).filter({ hasText: 'The sign function' }).click()
  const figure = page.getByRole('figure').filter({ has: page.getByRole('switch', { name: 'Cancel gradients' }) })
  const gate = figure.locator('path.gate')
  const threshold = figure.getByRole('slider', { name: 'Gradient cancellation threshold' })
  const reading = figure.getByRole('status')

  await expect(threshold).toHaveAttribute('aria-valuenow', '1')
  await expect(reading).toContainText('Its gradient passes')
  const before = await gate.getAttribute('d')

  await threshold.focus()
  await threshold.press('Home')
  await expect(threshold).toHaveAttribute('aria-valuenow', '0.1')
  await expect(gate).not.toHaveAttribute('d', before!)
  await expect(reading).toContainText('Its gradient is cancelled')

  await figure.getByRole('switch', { name: 'Cancel gradients' }).click()
  await expect(reading).toContainText('Its gradient passes')
})

test('every lesson can be read from the first to the last, with its formulas typeset', async ({ lab }) => {
  const { page } = lab
  await goTo(page, 'Learn')
  const lessons = lessonsOf(page)
  const titles = await lessons.allInnerTexts()
  expect(titles.length).toBeGreaterThan(4)
  let formulas = 0
  for (const [index, title] of titles.entries()) {
    await lessons.nth(index).click()
    await expect(roomOf(page).getByRole('article')).toContainText(title.replace(/^\d+\s*/, ''))
    await expect(roomOf(page).locator('.katex-error')).toHaveCount(0)
    formulas += await roomOf(page).locator('.katex').count()
  }
  expect(formulas).toBeGreaterThan(0)
})
