import type { Locator, Page } from '@playwright/test'
import { traceMainThread } from './support/main-thread.ts'
import { expect, test } from './support/test.ts'
import { goTo, roomOf, startRun } from './support/window.ts'

// Playwright's own traces take pictures of the page, in the page.
test.use({ trace: 'off', screenshot: 'off' })
test.beforeEach(({ host }) => test.skip(host === 'electron', 'The same page, and only a browser hands out traces.'))

/** A run that reports at full speed for as long as it is looked at. */
const startLongRun = (page: Page, images: number) => startRun(page, { network: 'LeNet, binary', epochs: 500, images })

// A processor that is shared may be slow for a while: what counts is that the page can do it.
test.describe.configure({ retries: 2 })

test('a run reporting at full speed leaves the page free for its next frame, whatever of it is in sight', async ({
  lab,
  browser,
}, testInfo) => {
  const { page } = lab
  // Its first epoch ends, and its answers to the test come, while the other tabs are looked at.
  await startLongRun(page, 8000)
  const loss = page.getByRole('img', { name: /^Loss/ })
  const share = () => page.getByLabel('Progress of the run').getAttribute('value').then(Number)
  await expect(loss).toHaveAccessibleName(/at step \d+/)
  const contents: Record<string, Locator> = {
    Weights: page.getByRole('region', { name: 'Filters' }),
    Activations: page.getByRole('list', { name: 'Layers in the order of the signal' }),
    Curves: loss,
    Predictions: page.getByRole('table'),
  }
  const tasks = await traceMainThread(browser, page, async () => {
    for (const [tab, content] of Object.entries(contents)) {
      await page.getByRole('tab', { name: tab }).click()
      await expect(content).toBeVisible()
      const before = await share()
      await expect.poll(share).toBeGreaterThan(before)
    }
  })

  const heaviest = tasks.toSorted((a, b) => b.cpu - a.cpu).slice(0, 10)
  await testInfo.attach('heaviest-tasks.json', { body: JSON.stringify(heaviest), contentType: 'application/json' })
  // By its own processor time: of the clock's, the run and the other tests take any part of every task.
  expect(tasks.length).toBeGreaterThan(100)
  // Twice what the lab aims at, which tests/bench/live.ts measures: half as fast a processor is no failure.
  expect(heaviest[0]!.cpu).toBeLessThan(100)
})

test('charts that nobody can see are not drawn, and are up to date when they come back', async ({ lab }) => {
  const { page } = lab
  await page.addInitScript(() => {
    const drawings: Record<string, number> = {}
    const { clearRect } = CanvasRenderingContext2D.prototype
    // Each drawing of a chart begins with an empty canvas.
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      const [title = ''] = (this.canvas.getAttribute('aria-label') ?? '').split('.')
      drawings[title] = (drawings[title] ?? 0) + 1
      clearRect.apply(this, box)
    }
    Object.assign(window, { drawings })
  })
  await page.reload()
  // An epoch long enough that no test is waited for.
  await startLongRun(page, 40_000)
  const drawingsOf = (title: string) =>
    page.evaluate((title) => (window as unknown as { drawings: Record<string, number> }).drawings[title] ?? 0, title)
  const afterMore = async (title: string, more: number) => {
    const before = await drawingsOf(title)
    await expect.poll(() => drawingsOf(title)).toBeGreaterThanOrEqual(before + more)
  }
  await afterMore('Loss', 2)

  const lossChart = roomOf(page).getByRole('figure').filter({ hasText: 'Loss' })
  await lossChart.getByRole('button', { name: 'Show as table' }).click()
  // What was asked for before the chart left sight is drawn by then.
  await afterMore('Accuracy', 1)
  const behindTable = await drawingsOf('Loss')
  await afterMore('Accuracy', 3)
  expect(await drawingsOf('Loss')).toBe(behindTable)
  await lossChart.getByRole('button', { name: 'Show as chart' }).click()
  await afterMore('Loss', 2)

  await goTo(page, 'Draw')
  const job = page.getByRole('contentinfo', { name: 'Status' }).getByRole('progressbar')
  const reported = async () => Number(await job.getAttribute('value'))
  const moves = async () => {
    const before = await reported()
    await expect.poll(reported).toBeGreaterThan(before)
  }
  await moves()
  const elsewhere = [await drawingsOf('Loss'), await drawingsOf('Accuracy')]
  await moves()
  expect([await drawingsOf('Loss'), await drawingsOf('Accuracy')]).toEqual(elsewhere)
  await goTo(page, 'Train')
  await afterMore('Loss', 1)
})
