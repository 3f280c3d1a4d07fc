import type { Locator, Page } from '@playwright/test'

/** Points in hundredths of the pad's side. */
export type Stroke = readonly (readonly [x: number, y: number])[]

export const ONE: Stroke = [
  [52, 15],
  [50, 50],
  [48, 85],
]

/** An ellipse, closed. */
export const ZERO: Stroke = arc(50, 50, 22, 32, 0, 360)

export const THREE: Stroke = [...arc(48, 33, 17, 17, -60, 180), ...arc(48, 67, 19, 18, 0, 240)]

/** Points on an ellipse, clockwise from `from` to `to` degrees; 0 is the top. */
function arc(x: number, y: number, radiusX: number, radiusY: number, from: number, to: number): Stroke {
  const steps = 24
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = ((from + ((to - from) * index) / steps) * Math.PI) / 180
    return [x + radiusX * Math.sin(angle), y - radiusY * Math.cos(angle)] as const
  })
}

export function padOf(page: Page): Locator {
  return page.getByRole('img', { name: /^Pad/ })
}

/** Presses the mouse, follows the points and lets it go. */
export async function drawStroke(page: Page, stroke: Stroke): Promise<void> {
  await beginStroke(page, stroke)
  await page.mouse.up()
}

/** The same with the button still down. */
export async function beginStroke(page: Page, stroke: Stroke): Promise<void> {
  const box = (await padOf(page).boundingBox())!
  const [first, ...others] = stroke.map(([x, y]) => [box.x + (x / 100) * box.width, box.y + (y / 100) * box.height])
  await page.mouse.move(first![0]!, first![1]!)
  await page.mouse.down()
  for (const [x, y] of others) await page.mouse.move(x!, y!, { steps: 8 })
}
