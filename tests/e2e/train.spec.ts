import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/test.ts'
import { expectStatus, goTo, roomOf, startRun } from './support/window.ts'

const BINARY = 'LeNet, binary'

test('a run started in Build draws its points in Train and finishes', async ({ lab }) => {
  const { page } = lab
  await startRun(page, { network: BINARY, epochs: 2, images: 300 })

  const loss = page.getByRole('img', { name: /^Loss/ })
  await expect(loss).toHaveAccessibleName(/at step \d+/)
  await expectStatus(page, 'Finished')
  await expect(loss).toHaveAccessibleName(/at step 6\b/)
  await expect(page.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(/test: .* at step 6\b/)

  await roomOf(page).getByRole('button', { name: 'Epochs' }).click()
  await expect(roomOf(page).getByRole('table').getByRole('row')).toHaveCount(1 + 2)
})

test('a run can be paused, resumed and stopped, and goes on from its checkpoint', async ({ lab }) => {
  const { page } = lab
  await startRun(page, { network: BINARY, epochs: 40, images: 1000 })
  const button = (name: string) => roomOf(page).getByRole('button', { name, exact: true })
  const loss = page.getByRole('img', { name: /^Loss/ })

  await expect(loss).toHaveAccessibleName(/at step \d+/)
  const isOpen = (name: string) => expect(button(name)).toHaveAttribute('aria-expanded', 'true')
  await button('Epochs').click()
  await page.keyboard.press('Space')
  await expectStatus(page, 'Paused')
  await isOpen('Epochs')
  await page.keyboard.press('Tab')
  await expect(button('Settings')).toBeFocused()
  await page.keyboard.press('Space')
  await isOpen('Settings')
  await expectStatus(page, 'Paused')
  await button('Resume').click()
  await expectStatus(page, 'Running')

  await expect(page.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(/test: .* at step \d+/)
  await button('Stop').click()
  await expectStatus(page, 'Stopped')
  await button('Resume').click()
  await expectStatus(page, 'Running')
  await button('Stop').click()
  await expectStatus(page, 'Stopped')
})

test('a run is led by hand, a step at a time, and a third one waits until it is told to begin', async ({ lab }) => {
  const { page } = lab
  await startRun(page, { network: BINARY, epochs: 500, images: 500 })
  const header = roomOf(page).locator('header')
  const button = (name: string) => header.getByRole('button', { name, exact: true })
  const loss = page.getByRole('img', { name: /^Loss/ })
  const stepsDone = async () => Number(/at step (\d+)/.exec((await loss.getAttribute('aria-label')) ?? '')?.[1] ?? 0)

  await expect(loss).toHaveAccessibleName(/at step \d+/)
  await button('Pause').click()
  await expectStatus(page, 'Paused')
  await page.keyboard.press('e')
  await expect.poll(async () => (await stepsDone()) % 5).toBe(0)
  await expectStatus(page, 'Paused')
  const before = await stepsDone()
  await button('Train one batch').click()
  await expect.poll(stepsDone).toBe(before + 1)
  await expectStatus(page, 'Paused')

  await page.keyboard.press('l')
  await page.getByLabel('Learning rate', { exact: true }).last().fill('0.0002')
  await page.keyboard.press('Enter')
  await expect(header.getByRole('button', { name: 'Learning rate 0.0002, change it' })).toBeVisible()
  await expect(loss).toHaveAccessibleName(new RegExp(`learning rate 0.0002 at step ${before + 1}\\b`))
  await button('Save a checkpoint now').click()
  await expect(
    roomOf(page)
      .getByLabel('Numbers')
      .getByText(`Checkpoint saved at step ${before + 1}`),
  ).toBeVisible()
  await page.reload()
  await expect(loss).toHaveAccessibleName(new RegExp(`learning rate 0.0002 at step ${before + 1}\\b`))

  await startRun(page, { network: BINARY, epochs: 500, images: 500 })
  await startRun(page, { network: BINARY, epochs: 500, images: 500 })
  await expectStatus(page, 'Queued')
  await expect(page.getByRole('region', { name: 'Queue' }).getByRole('listitem')).toHaveCount(1)
  // Electron's windows cannot open the blank page that axe would otherwise finish in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
  await button('Start now').click()
  await expectStatus(page, 'Running')
  await expect(page.getByRole('region', { name: 'Queue' })).toHaveCount(0)
})

test('the window stays usable while a run is training', async ({ lab }) => {
  const { page } = lab
  await startRun(page, { network: BINARY, epochs: 40, images: 2000 })
  await expectStatus(page, 'Running')
  for (const room of ['Learn', 'Build', 'Draw', 'History', 'Train'] as const) await goTo(page, room)
  await expectStatus(page, 'Running')
  await roomOf(page).getByRole('button', { name: 'Stop', exact: true }).click()
  await expectStatus(page, 'Stopped')
})
