import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { addLongRun } from './support/long-run.ts'
import { expect, test } from './support/test.ts'
import { goTo } from './support/window.ts'

const STEPS = 100_000

test.beforeEach(({ host }) => test.skip(host === 'electron', 'The same page; once is enough.'))

/** The plot of a chart: what takes the pointer and the keys. */
const plotOf = (page: Page, title: string) => page.getByRole('slider', { name: `Place in ${title}` })

/** What a screen reader is told of the stretch in view, such as 0 to 100,000. */
async function stretchOf(plot: Locator): Promise<{ low: number; high: number }> {
  return plot.evaluate((element) => ({
    low: Number(element.getAttribute('aria-valuemin')),
    high: Number(element.getAttribute('aria-valuemax')),
  }))
}

const spanOf = async (plot: Locator) => {
  const { low, high } = await stretchOf(plot)
  return high - low
}

async function pointsDrawn(page: Page, title: string): Promise<{ points: number; width: number }> {
  return page
    .getByRole('img', { name: new RegExp(`^${title}`) })
    .evaluate((canvas) => ({ points: Number((canvas as HTMLElement).dataset['points']), width: canvas.clientWidth }))
}

test('a hundred thousand steps are zoomed, panned and read with the mouse', async ({ withLab }) => {
  await withLab(
    (folder) => addLongRun(folder, { name: 'long', steps: STEPS, epochs: 10 }),
    async ({ page }) => {
      await goTo(page, 'Train')
      const loss = plotOf(page, 'Loss')
      const accuracy = plotOf(page, 'Accuracy')
      await expect.poll(() => stretchOf(loss)).toEqual({ low: 0, high: STEPS })
      const { points, width } = await pointsDrawn(page, 'Loss')
      expect(points).toBeGreaterThan(width / 2)
      // One run: 100,000 steps, which may take two points a pixel, and ten tests.
      expect(points).toBeLessThanOrEqual(2 * width + 10)

      const box = (await loss.boundingBox())!
      const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const

      // A drag zooms into its box, and the other chart shows the same steps.
      await page.mouse.move(...at(0.4, 0.3))
      await page.mouse.down()
      await page.mouse.move(...at(0.6, 0.8), { steps: 8 })
      await page.mouse.up()
      await expect.poll(() => spanOf(loss)).toBeLessThan(STEPS / 3)
      const zoomed = await stretchOf(loss)
      expect(zoomed.low).toBeGreaterThan(STEPS * 0.25)
      expect(zoomed.high).toBeLessThan(STEPS * 0.75)
      await expect.poll(() => stretchOf(accuracy)).toEqual(zoomed)
      expect((await pointsDrawn(page, 'Loss')).points).toBeLessThanOrEqual(2 * width + 10)

      // Shift and drag pulls the steps along with the hand.
      await page.keyboard.down('Shift')
      await page.mouse.move(...at(0.7, 0.5))
      await page.mouse.down()
      await page.mouse.move(...at(0.5, 0.5), { steps: 8 })
      await page.mouse.up()
      await page.keyboard.up('Shift')
      await expect.poll(async () => (await stretchOf(loss)).low).toBeGreaterThan(zoomed.low)
      const panned = await stretchOf(loss)
      expect(panned.high - panned.low).toBeCloseTo(zoomed.high - zoomed.low, 3)

      // Alt and wheel zooms around the pointer; without Alt the wheel is the page's.
      await page.mouse.wheel(0, -300)
      await page.keyboard.down('Alt')
      await page.mouse.wheel(0, -300)
      await page.keyboard.up('Alt')
      const expected = (panned.high - panned.low) / 1.25 ** 3
      await expect.poll(() => spanOf(loss)).toBeCloseTo(expected, 0)

      // The crosshair reads both charts at one step.
      await page.mouse.move(...at(0.5, 0.4))
      await expect(loss).toHaveAttribute('aria-valuetext', /^Step [\d,]+, long, /)
      const place = await loss.getAttribute('aria-valuenow')
      await expect(accuracy).toHaveAttribute('aria-valuenow', place!)

      await page.mouse.dblclick(...at(0.5, 0.5))
      await expect.poll(() => stretchOf(loss)).toEqual({ low: 0, high: STEPS })
      await expect.poll(() => stretchOf(accuracy)).toEqual({ low: 0, high: STEPS })
    },
  )
})

test('a chart is read, zoomed and panned by keys, and taken along as a drawing', async ({ withLab }) => {
  await withLab(
    (folder) => addLongRun(folder, { name: 'long', steps: 2000, epochs: 4 }),
    async ({ page }) => {
      await goTo(page, 'Train')
      const loss = plotOf(page, 'Loss')
      await expect.poll(() => stretchOf(loss)).toEqual({ low: 0, high: 2000 })

      await loss.focus()
      await page.keyboard.press('Home')
      await expect(loss).toHaveAttribute('aria-valuetext', /^Step 1, long, train /)
      await page.keyboard.press('PageUp')
      await expect(loss).toHaveAttribute('aria-valuetext', /^Step 101, long, train /)
      await page.keyboard.press('+')
      await page.keyboard.press('+')
      await expect.poll(() => spanOf(loss)).toBeCloseTo(2000 / 1.5 ** 2, 0)
      const { low } = await stretchOf(loss)
      await page.keyboard.press('Shift+ArrowRight')
      await expect.poll(async () => (await stretchOf(loss)).low).toBeGreaterThan(low)
      await expect(page.getByRole('status').filter({ hasText: /^Showing Step/ })).toHaveCount(1)
      await page.keyboard.press('0')
      await expect.poll(() => stretchOf(loss)).toEqual({ low: 0, high: 2000 })

      await page.getByRole('button', { name: 'Save Loss' }).click()
      const downloading = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: /SVG/ }).click()
      const download = await downloading
      expect(download.suggestedFilename()).toBe('loss.svg')
      const svg = readFileSync(await download.path(), 'utf8')
      expect(svg).toContain('<path class="line"')
      expect(svg).not.toContain('<image')
    },
  )
})
