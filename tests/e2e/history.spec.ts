import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { readPackedFile } from '#electron/native/plan/file.ts'
import { expect, test } from './support/test.ts'
import { goTo, roomOf, startRun, expectStatus } from './support/window.ts'

const rowOf = (page: Page, name: string) => page.getByRole('table', { name: 'Runs' }).getByRole('row', { name })
/** The file that the page saves while `act` is done. */
async function downloadOf(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) }
}

const detailsOf = (page: Page, name: string) => page.getByRole('complementary', { name: `Details of ${name}` })

test('a run is found in History after a restart, with its curves and settings', async ({ lab }) => {
  await startRun(lab.page, { network: 'LeNet, binary', epochs: 1, images: 300 })
  await expectStatus(lab.page, 'Finished')
  const accuracy = await lab.page
    .getByText(/^\d+\.\d+ %$/)
    .first()
    .innerText()

  await lab.restart()
  const { page } = lab
  await goTo(page, 'History')
  const row = rowOf(page, 'lenet-binary')
  await expect(row).toContainText('Finished')
  await expect(row).toContainText(accuracy)

  await row.getByRole('button', { name: 'lenet-binary' }).click()
  const details = detailsOf(page, 'lenet-binary')
  await expect(details.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(/test: .* at epoch 1\b/)
  await expect(details).toContainText('The first 300')

  const packed = await downloadOf(page, () => details.getByRole('button', { name: 'Export packed' }).click())
  expect(packed.name).toBe('lenet-binary.packed')
  const { spec, layers } = readPackedFile(packed.bytes)
  expect(spec.name).toBe('lenet-binary')
  expect(layers.get('conv2')!.filters).toMatchObject({ rows: 64, columns: 1600 })
  const curve = await downloadOf(page, async () => {
    await details.getByRole('button', { name: 'Save Accuracy' }).click()
    await page.getByRole('menuitem', { name: 'CSV' }).click()
  })
  const lines = new TextDecoder().decode(curve.bytes).trim().split('\r\n')
  expect(lines[0]).toBe('Epoch,"lenet-binary, train","lenet-binary, test"')
  expect(lines).toHaveLength(1 + 3)
})

test('a run that was training when the lab closed is there, stopped or interrupted, and goes on', async ({ lab }) => {
  await startRun(lab.page, { network: 'LeNet, binary', epochs: 40, images: 500 })
  await expect(lab.page.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(/test: .* at step/)
  await lab.restart()
  const { page } = lab
  await goTo(page, 'History')
  await expect(rowOf(page, 'lenet-binary')).toContainText(/Stopped|Interrupted/)
  await rowOf(page, 'lenet-binary').getByRole('button', { name: 'lenet-binary' }).click()
  await detailsOf(page, 'lenet-binary').getByRole('button', { name: 'Resume' }).click()
  await expect(rowOf(page, 'lenet-binary')).toContainText('Running')
})

test('a run can be renamed, deleted, and brought back by Undo', async ({ trainedLab }) => {
  const { page } = trainedLab
  await goTo(page, 'History')
  await rowOf(page, 'lenet-full-precision').getByRole('button', { name: 'lenet-full-precision' }).click()
  await detailsOf(page, 'lenet-full-precision').getByRole('button', { name: 'Rename' }).click()
  const field = page.getByRole('textbox', { name: 'Name of the run' })
  await field.fill('My first network')
  await field.press('Enter')
  await expect(rowOf(page, 'My first network')).toBeVisible()

  await detailsOf(page, 'My first network').getByRole('button', { name: 'Delete' }).click()
  await expect(rowOf(page, 'My first network')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, 'My first network')).toBeVisible()
})

test('a deleted run stays away after a restart, and a new name stays', async ({ trainedLab }) => {
  await goTo(trainedLab.page, 'History')
  const binary = rowOf(trainedLab.page, 'lenet-binary').getByRole('button', { name: 'lenet-binary' })
  await binary.press('F2')
  const field = trainedLab.page.getByRole('textbox', { name: 'Name of the run' })
  await field.fill('Kept')
  await field.press('Enter')
  await expect(rowOf(trainedLab.page, 'Kept').getByRole('button')).toBeFocused()
  await rowOf(trainedLab.page, 'lenet-full-precision').getByRole('button', { name: 'lenet-full' }).press('Delete')
  await expect(rowOf(trainedLab.page, 'lenet-full-precision')).toHaveCount(0)

  await trainedLab.restart()
  await goTo(trainedLab.page, 'History')
  await expect(rowOf(trainedLab.page, 'Kept')).toBeVisible()
  await expect(roomOf(trainedLab.page).getByRole('status')).toHaveText('1 run')
})

test('the list can be searched', async ({ trainedLab }) => {
  const { page } = trainedLab
  await goTo(page, 'History')
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('binary')
  await expect(rowOf(page, 'lenet-binary')).toBeVisible()
  await expect(rowOf(page, 'lenet-full-precision')).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('no such run')
  await expect(roomOf(page)).toContainText('No run matches')
  await page.getByRole('button', { name: 'Show all runs' }).click()
  await expect(rowOf(page, 'lenet-full-precision')).toBeVisible()
})
