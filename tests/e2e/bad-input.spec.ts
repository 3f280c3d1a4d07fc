import { expect, test } from './support/test.ts'
import { goTo, roomOf, setUpRun } from './support/window.ts'

const SMALL = { network: 'LeNet, binary', epochs: 1, images: 300 }

const WRONG_SETTINGS = [
  { label: 'Learning rate', value: '0', sentence: /^0 .*choose/ },
  { label: 'Learning rate', value: 'fast', sentence: /number/ },
  { label: 'Epochs', value: '0', sentence: /^0 .*choose at least 1/ },
  { label: 'Batch size', value: '301', sentence: /301/ },
  { label: 'Training images', value: '60001', sentence: /60,?001/ },
]

test('a wrong setting is refused where it was typed, and nothing is started', async ({ lab }) => {
  const { page } = lab
  for (const { label, value, sentence } of WRONG_SETTINGS) {
    await test.step(`“${value}” as ${label.toLowerCase()}`, async () => {
      await setUpRun(page, SMALL)
      const field = page.getByLabel(label, { exact: true })
      const before = await field.inputValue()
      await field.fill(value)
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      await expect(field).toHaveAttribute('aria-invalid', 'true')
      await expect(field).toHaveAccessibleDescription(sentence)
      await expect(page).toHaveURL(/#\/build/)
      await field.fill(before)
    })
  }
  await goTo(page, 'Train')
  await expect(roomOf(page).getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0)
})

test('a shape that cannot be is explained at its layer and cannot be started', async ({ lab }) => {
  const { page } = lab
  await setUpRun(page, SMALL)
  const firstLayer = page.getByRole('table').getByRole('button').first()
  await firstLayer.click()
  await page.getByLabel('Kernel size').fill('29')
  await expect(firstLayer).toHaveAccessibleDescription(/29/)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page).toHaveURL(/#\/build/)
})
