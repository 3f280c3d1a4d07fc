import type { Locator, Page } from '@playwright/test'
import { goTo } from './window.ts'

/** Opens Build with the notebook's binary network on the bench. */
export async function openBench(page: Page): Promise<void> {
  await goTo(page, 'Build')
  await page.getByRole('button', { name: 'LeNet, binary' }).click()
}

/** The ids of the layers, from the input to the output. */
export function layerIds(page: Page): Promise<string[]> {
  return page
    .locator('[data-block]')
    .evaluateAll((blocks) => blocks.map((block) => (block as HTMLElement).dataset['block']!))
}

/** The button of a layer in the stack. */
export function layerOf(page: Page, id: string): Locator {
  return page.locator(`[data-layer="${id}"]`)
}

/** A layer of the palette. */
export function paletteItem(page: Page, type: string): Locator {
  return page
    .getByRole('complementary', { name: 'Networks and layers' })
    .getByRole('button', { name: type, exact: true })
}

export interface Spot {
  readonly x: number
  readonly y: number
}

/** The upper half of a block: what is dropped here goes before it. */
export async function before(page: Page, id: string): Promise<Spot> {
  const box = (await layerOf(page, id).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + 4 }
}

/** Presses the mouse on `from` and moves it to `to`, the button still down. */
export async function lift(page: Page, from: Locator, to: Spot): Promise<void> {
  await from.hover()
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 12 })
}

export async function drag(page: Page, from: Locator, to: Spot): Promise<void> {
  await lift(page, from, to)
  await page.mouse.up()
}

/** The same with a finger, whose touches only the browser itself can make. */
export async function dragByFinger(page: Page, from: Locator, to: Spot): Promise<void> {
  const { x, y, width, height } = (await from.boundingBox())!
  const start = { x: x + width / 2, y: y + height / 2 }
  const browser = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Spot[]) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', start)
  for (let step = 1; step <= 12; step++) {
    const share = step / 12
    await touch('touchMove', { x: start.x + share * (to.x - start.x), y: start.y + share * (to.y - start.y) })
  }
  await touch('touchEnd')
  await browser.detach()
}

/** The lower end of a block: what is dropped here goes to the end of what it holds. */
export async function endOf(page: Page, block: string): Promise<Spot> {
  const box = (await page.locator(`[data-end="${block}"]`).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + 4 }
}

/** The ids of the layers in sight, with a bracket where a block ends. */
export async function outline(page: Page): Promise<string> {
  const marks = await page
    .locator('[data-block], [data-end]')
    .evaluateAll((elements) => elements.map((element) => ({ ...(element as HTMLElement).dataset })))
  return marks.map(({ block }) => block ?? ']').join(' ')
}
