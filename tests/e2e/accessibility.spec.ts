import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/test.ts'
import { goTo, roomOf, ROOMS } from './support/window.ts'

const THEMES = ['light', 'dark'] as const

/** What axe finds, as lines that a failure can show. */
async function violationsIn(page: Page): Promise<string[]> {
  // Electron's windows cannot open the blank page that axe would otherwise finish in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`))
}

for (const theme of THEMES) {
  test(`every room is free of accessibility faults in the ${theme} theme`, async ({ trainedLab }) => {
    const { page } = trainedLab
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const room of ROOMS) {
      await goTo(page, room)
      await expect(roomOf(page).getByRole('heading').first()).toBeVisible()
      expect.soft(await violationsIn(page), `${room}, ${theme}`).toEqual([])
    }
  })

  test(`the empty rooms are free of accessibility faults in the ${theme} theme`, async ({ lab }) => {
    const { page } = lab
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const room of ['Train', 'Draw', 'History'] as const) {
      await goTo(page, room)
      await expect(roomOf(page).getByRole('heading').first()).toBeVisible()
      expect.soft(await violationsIn(page), `${room}, ${theme}`).toEqual([])
    }
  })
}
