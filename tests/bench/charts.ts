/**
 * How smoothly charts of many points are panned, zoomed and read, in a real Chromium:
 * `node tests/bench/charts.ts [steps] [frames]`. Prints one JSON document; the frames are those of both charts of Train
 * together, which move as one.
 */
import type { Page } from '@playwright/test'
import { loadavg } from 'node:os'
import { addLongRun } from '../e2e/support/long-run.ts'
import { withBenchPage } from './support/bench-page.ts'

const [steps = 100_000, frames = 240] = process.argv.slice(2).map(Number)

const GESTURES = ['pan', 'zoom', 'read'] as const

interface Gesture {
  readonly frames: number
  readonly kind: (typeof GESTURES)[number]
}

/** Pulls, turns the wheel or points once a frame. */
async function gesture(page: Page, { kind, frames: count }: Gesture): Promise<void> {
  await page.getByRole('slider', { name: 'Place in Loss' }).evaluate(
    async (plot, { kind, count }) => {
      const { left, top, width, height } = plot.getBoundingClientRect()
      const middle = { x: left + width / 2, y: top + height / 2 }
      const point = (type: string, x: number) =>
        plot.dispatchEvent(
          new PointerEvent(type, { clientX: x, clientY: middle.y, shiftKey: true, pointerId: 1, bubbles: true }),
        )
      const turn = (deltaY: number) =>
        plot.dispatchEvent(
          new WheelEvent('wheel', { clientX: middle.x, clientY: middle.y, deltaY, altKey: true, cancelable: true }),
        )
      plot.setPointerCapture = () => undefined
      if (kind === 'pan') point('pointerdown', middle.x)
      for (let frame = 0; frame < count; frame++) {
        if (kind === 'zoom') turn(frame % 40 < 20 ? -30 : 30)
        else point('pointermove', middle.x + 120 * Math.sin(frame / 20))
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      point(kind === 'pan' ? 'pointerup' : 'pointerleave', middle.x)
    },
    { kind, count },
  )
}

await withBenchPage(
  (folder) => addLongRun(folder, { name: 'long', steps, epochs: 10 }),
  async ({ page, measure }) => {
    const canvas = page.getByRole('img', { name: /^Loss.* at step/ })
    const opening = await measure(async () => {
      await page.getByRole('link', { name: 'Train', exact: true }).click()
      await canvas.waitFor()
    })
    // A first zoom, so that there is something to pan to.
    await gesture(page, { kind: 'zoom', frames: 20 })
    const results = []
    for (const kind of GESTURES) {
      const load = loadavg()[0]
      results.push({ gesture: kind, load, ...(await measure(() => gesture(page, { kind, frames }))) })
    }
    const drawn = await canvas.evaluate((element) => ({
      points: Number(element.dataset['points']),
      width: element.clientWidth,
    }))
    console.log(JSON.stringify({ steps, drawn, opening, results }, null, 2))
  },
)
