/**
 * How long the frames are while a chart of many points is panned and zoomed, in a real Chromium:
 * `node tests/bench/charts.ts [steps] [frames]`. Prints one JSON document.
 *
 * `frameMs` is the time from one frame to the next, which is 16.7 at 60 frames a second; `scriptMs` is what of it the
 * page itself spends in its animation frames, for both charts of Train together.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '#electron/setup/browser.ts'
import { preparePage } from '#electron/setup/page.ts'
import { addLongRun } from '../e2e/support/long-run.ts'
import { ServerProcess } from '../e2e/support/server-process.ts'

const [steps = 100_000, frames = 240] = process.argv.slice(2).map(Number)

declare global {
  interface Window {
    scriptMs: number
  }
}

/** Adds up what the callbacks of a frame take. */
function timeFrames(): void {
  const request = window.requestAnimationFrame.bind(window)
  window.scriptMs = 0
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      const start = performance.now()
      callback(time)
      window.scriptMs += performance.now() - start
    })
}

interface Gesture {
  readonly frames: number
  readonly kind: 'pan' | 'zoom'
}

/** Pulls or turns the wheel once a frame and takes the times. */
async function gesture(page: Page, { kind, frames: count }: Gesture) {
  return page.getByRole('slider', { name: 'Place in Loss' }).evaluate(
    async (plot, { kind, count }) => {
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
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
      const times: { frame: number; script: number }[] = []
      let last = await nextFrame()
      for (let frame = 0; frame < count; frame++) {
        if (kind === 'pan') point('pointermove', middle.x + 120 * Math.sin(frame / 20))
        else turn(frame % 40 < 20 ? -30 : 30)
        window.scriptMs = 0
        const now = await nextFrame()
        times.push({ frame: now - last, script: window.scriptMs })
        last = now
      }
      if (kind === 'pan') point('pointerup', middle.x)
      return times
    },
    { kind, count },
  )
}

function summary(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1))
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) }
}

await preparePage()
const folder = mkdtempSync(join(tmpdir(), 'signum-bench-'))
addLongRun(folder, { name: 'long', steps, epochs: 10 })
const server = await ServerProcess.start(folder)
const { executablePath, args, environment } = await findBrowser()
const browser = await chromium.launch({ executablePath, args: [...args], env: { ...process.env, ...environment } })
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.addInitScript(timeFrames)
  await page.goto(server.url)
  await page.getByRole('link', { name: 'Train', exact: true }).click()
  const canvas = page.getByRole('img', { name: /^Loss.* at step/ })
  await canvas.waitFor()
  // A first zoom, so that there is something to pan to.
  await gesture(page, { kind: 'zoom', frames: 20 })
  const results = []
  for (const kind of ['pan', 'zoom'] as const) {
    const times = await gesture(page, { kind, frames })
    const [frameMs, scriptMs] = [times.map(({ frame }) => frame), times.map(({ script }) => script)].map(summary)
    results.push({ gesture: kind, frames, frameMs, scriptMs })
  }
  const drawn = await canvas.evaluate((element) => ({
    points: Number(element.dataset['points']),
    width: element.clientWidth,
  }))
  console.log(JSON.stringify({ steps, drawn, results }, null, 2))
} finally {
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
