/**
 * How smooth the window stays while a run reports at full speed, on each of Train's tabs, in a real Chromium:
 * `node tests/bench/live.ts [seconds] [images]`. Prints one JSON document. The run and the page share the cores, so the
 * processor time says what the page costs, and the frames what a person would see of it on this machine.
 */
import { loadavg } from 'node:os'
import { addLongRun } from '../e2e/support/long-run.ts'
import { expectStatus, goTo, pressStart, setUpRun } from '../e2e/support/window.ts'
import { withBenchPage } from './support/bench-page.ts'

const [seconds = 10, images = 6000] = process.argv.slice(2).map(Number)
const TABS = ['Curves', 'Predictions', 'Weights', 'Activations'] as const

await withBenchPage(
  (folder) => addLongRun(folder, { name: 'long', steps: 100_000, epochs: 10 }),
  async ({ page, measure }) => {
    const results: object[] = []
    const look = async (what: string, work: () => Promise<void>) => {
      const load = loadavg()[0]
      results.push({ what, load, ...(await measure(work)) })
    }
    await look('opening Build', async () => {
      await goTo(page, 'Build')
      await page.waitForTimeout(1000)
    })
    await setUpRun(page, { network: 'LeNet, binary', epochs: 1000, images })
    await look('starting the run', async () => {
      await pressStart(page)
      await expectStatus(page, 'Running', 30_000)
    })
    for (const tab of TABS) {
      await look(`opening ${tab}`, async () => {
        await page.getByRole('tab', { name: tab }).click()
        await page.waitForTimeout(1500)
      })
      await look(tab, () => page.waitForTimeout(seconds * 1000))
    }
    await look('another room', async () => {
      await page.getByRole('link', { name: 'Learn', exact: true }).click()
      await page.waitForTimeout(seconds * 500)
    })
    console.log(JSON.stringify({ results }, null, 2))
  },
)
