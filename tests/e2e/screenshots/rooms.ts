import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { projectFolder } from '#electron/setup/places.ts'
import { expect, test } from '../support/test.ts'
import { drawStroke, THREE } from '../support/pad.ts'
import { expectStatus, goTo, lessonsOf, roomOf, ROOMS, startRun, type RoomName } from '../support/window.ts'

const FOLDER = join(projectFolder, 'resources/screenshots')
const EPOCHS_TO_SHOW = 4
/** 3,000 images in batches of 100. */
const STEPS_PER_EPOCH = 30

/** Puts something worth seeing into the room that is open. */
const ARRANGEMENTS: Readonly<Record<RoomName, (page: Page) => Promise<void>>> = {
  Learn: async (page) => {
    await lessonsOf(page).filter({ hasText: 'The sign function' }).click()
    await page.getByRole('slider', { name: 'Gradient cancellation threshold' }).scrollIntoViewIfNeeded()
  },
  Build: (page) => page.getByRole('button', { name: /conv2/ }).click(),
  Train: () => Promise.resolve(),
  Draw: async (page) => {
    await drawStroke(page, THREE)
    await expect(page.getByRole('list', { name: /^Probabilities/ })).toHaveCount(2)
  },
  History: async (page) => {
    await page.getByRole('row', { name: 'Paused' }).getByRole('button').click()
    await expect(page.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(/at epoch/)
  },
}

async function arrange(page: Page, room: RoomName): Promise<void> {
  await ARRANGEMENTS[room](page)
  // The usual place, rather than the test's temporary one.
  await page.getByTitle(/^Data folder/).evaluate((item) => {
    item.querySelector('.path')!.textContent = '~/.local/share/signum'
  })
  // Icons and formulas are drawn with the page's own fonts.
  await page.evaluate(() => document.fonts.ready)
}

/** A picture in each theme. */
async function takeBoth(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) })
  }
}

test('every room in both themes', async ({ trainedLab }) => {
  const { page } = trainedLab
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await startRun(page, { network: 'LeNet, binary', epochs: 30, images: 3000 })
  await expect(page.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(
    new RegExp(`test: .* at step ${EPOCHS_TO_SHOW * STEPS_PER_EPOCH}\\b`),
    { timeout: 120_000 },
  )
  await roomOf(page).getByRole('button', { name: 'Pause', exact: true }).click()
  await expectStatus(page, 'Paused')
  for (const room of ROOMS) {
    await goTo(page, room)
    await arrange(page, room)
    await takeBoth(page, room.toLowerCase())
  }
  await goTo(page, 'Train')
  await page.getByRole('tab', { name: 'Weights' }).click()
  await expect(page.getByRole('region', { name: 'Filters' }).getByRole('img')).toHaveAccessibleName(/of conv2 at step/)
  await takeBoth(page, 'weights')
  await roomOf(page).getByRole('button', { name: 'Stop', exact: true }).click()
  await expectStatus(page, 'Stopped')
})
