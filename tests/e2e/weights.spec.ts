import { expect, test } from './support/test.ts'
import { expectStatus, goTo, roomOf, startRun } from './support/window.ts'

test('the weights of a run are watched while it trains, scrubbed and played afterwards', async ({ lab }) => {
  const { page } = lab
  await startRun(page, { network: 'LeNet, binary', epochs: 2, images: 600 })
  await page.getByRole('tab', { name: 'Weights' }).click()
  const filters = page.getByRole('region', { name: 'Filters' })
  const grid = filters.getByRole('img')
  const frame = filters.getByRole('slider', { name: 'Frame', exact: true })

  await expect(grid).toHaveAccessibleName(/of conv2 at step \d+: \d+\.\d+ % are \+1/)
  await expectStatus(page, 'Finished')
  await expect(grid).toHaveAccessibleName(/at step 12\b.*flipped since the frame before/)

  await frame.press('Home')
  await expect(grid).toHaveAccessibleName(/at step 0\b/)
  await frame.press('ArrowRight')
  await expect(grid).toHaveAccessibleName(/at step 1\b/)
  await filters.getByRole('button', { name: 'Play the run' }).click()
  await expect(grid).toHaveAccessibleName(/at step 12\b/)
  await expect(filters.getByRole('button', { name: 'Play the run' })).toBeVisible()

  await filters.getByRole('radio', { name: 'Flips' }).click()
  await expect(grid).toHaveAccessibleName(/a weight has flipped up to \d+ times/)
  await filters.getByRole('combobox', { name: 'Layer' }).selectOption('linear1')
  await filters.getByRole('radio', { name: 'Latent' }).click()
  await expect(grid).toHaveAccessibleName(/of 1000 of linear1.*latent weights up to/)

  const saved = page.waitForEvent('download')
  await filters.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('menuitem', { name: 'Moving picture (GIF)' }).click()
  expect((await saved).suggestedFilename()).toBe('lenet-binary-linear1-latents.gif')
})

test('a test image is followed through the layers, and History leads to the weights', async ({ trainedLab }) => {
  const { page } = trainedLab
  await goTo(page, 'History')
  await roomOf(page).getByRole('button', { name: 'lenet-binary', exact: true }).first().click()
  await page.getByRole('button', { name: 'Watch weights' }).click()
  await expect(page.getByRole('img', { name: /of conv2 at step \d+/ })).toBeVisible()
  await page.getByRole('tab', { name: 'Activations' }).click()
  await expect(page.getByRole('img', { name: 'What leaves sign1: 12×12×64 values, +1 and −1' })).toBeVisible()
  await page.getByLabel('Image of').selectOption('7')
  await expect(page.getByRole('img', { name: 'Test image: 7' })).toBeVisible()
})
