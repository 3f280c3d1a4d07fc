import { expect, type Locator, type Page } from '@playwright/test'

export const ROOMS = ['Learn', 'Build', 'Train', 'Draw', 'History'] as const
export type RoomName = (typeof ROOMS)[number]

/** Goes to a room by the main navigation. */
export async function goTo(page: Page, room: RoomName): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room, exact: true })
  await link.click()
  await expect(link).toHaveAttribute('aria-current', 'page')
}

/** The room that is open. */
export function roomOf(page: Page): Locator {
  return page.getByRole('main')
}

/** The links to Learn's pages, in their order. */
export function lessonsOf(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Lessons' }).getByRole('link')
}

export interface SmallRun {
  network: string
  epochs: number
  images: number
}

/** Chooses a preset and small settings in Build, without starting. */
export async function setUpRun(page: Page, { network, epochs, images }: SmallRun): Promise<void> {
  await goTo(page, 'Build')
  await page.getByRole('button', { name: network }).click()
  await page.getByLabel('Epochs', { exact: true }).fill(String(epochs))
  await page.getByLabel('Training images').fill(String(images))
}

/** Starts a run in Build and waits for it in Train. */
export async function startRun(page: Page, run: SmallRun): Promise<void> {
  await setUpRun(page, run)
  await pressStart(page)
}

/** Starts what is set up in Build and waits for it in Train. */
export async function pressStart(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Train', exact: true })).toHaveAttribute('aria-current', 'page')
}

/** Waits until the open run in Train has this status. */
export async function expectStatus(page: Page, word: string, timeout?: number): Promise<void> {
  await expect(roomOf(page).locator('header').getByText(word, { exact: true })).toBeVisible({ timeout })
}
