import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { drawStroke, ONE } from './support/pad.ts'
import { expect, test } from './support/test.ts'
import { goTo, lessonsOf, roomOf, ROOMS } from './support/window.ts'

const THEMES = ['light', 'dark'] as const

/** Looks for what axe finds, and shows it in the failure. */
async function expectNoFaults(page: Page, where: string): Promise<void> {
  // Electron's windows cannot open the blank page that axe would otherwise finish in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  )
  expect.soft(faults, where).toEqual([])
}

/** Puts into each room what a person would have in it. */
const WITH_CONTENT: Readonly<Record<(typeof ROOMS)[number], (page: Page) => Promise<void>>> = {
  Learn: async (page) => {
    await lessonsOf(page).filter({ hasText: 'The sign function' }).click()
    await expect(page.getByRole('slider', { name: 'Gradient cancellation threshold' })).toBeVisible()
  },
  Build: async (page) => {
    await page.getByRole('table').getByRole('button').first().click()
    await expect(page.getByLabel('Kernel size')).toBeVisible()
  },
  Train: async (page) => {
    await expect(page.getByRole('img', { name: /^Loss/ })).toHaveAccessibleName(/at step/)
    await page.getByRole('button', { name: 'Epochs' }).click()
  },
  Draw: async (page) => {
    await drawStroke(page, ONE)
    await expect(page.getByRole('list', { name: /^Probabilities/ })).toHaveCount(2)
  },
  History: async (page) => {
    await page.getByRole('button', { name: 'lenet-binary' }).click()
    await expect(page.getByRole('img', { name: /^Accuracy/ })).toHaveAccessibleName(/at epoch/)
  },
}

/** What each of Train's other sections shows when it has come. */
const SECTIONS = {
  Predictions: 'Test image',
  Weights: 'All \\d+ filters|Filters \\d+',
  Activations: 'What leaves conv2',
} as const

for (const theme of THEMES) {
  test(`every room is free of accessibility faults in the ${theme} theme`, async ({ trainedLab }) => {
    const { page } = trainedLab
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const room of ROOMS) {
      await goTo(page, room)
      await WITH_CONTENT[room](page)
      await expectNoFaults(page, `${room}, ${theme}`)
    }
    await goTo(page, 'Train')
    for (const [section, picture] of Object.entries(SECTIONS)) {
      await page.getByRole('tab', { name: section }).click()
      await expect(page.getByRole('img', { name: new RegExp(`^(${picture})`) }).first()).toBeVisible()
      await expectNoFaults(page, `${section} in Train, ${theme}`)
    }
  })

  test(`what is empty, and what lies over a room, is free of them in the ${theme} theme`, async ({ lab }) => {
    const { page } = lab
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const room of ['Train', 'Draw', 'History'] as const) {
      await goTo(page, room)
      await expect(roomOf(page).getByRole('button').first()).toBeVisible()
      await expectNoFaults(page, `empty ${room}, ${theme}`)
    }
    for (const name of ['Commands', 'Keyboard shortcuts']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNoFaults(page, `${name}, ${theme}`)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  })
}
