import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  before,
  drag,
  dragByFinger,
  endOf,
  layerIds,
  layerOf,
  lift,
  openBench,
  outline,
  paletteItem,
} from './support/stack.ts'
import { expect, test } from './support/test.ts'
import { expectStatus, goTo, roomOf } from './support/window.ts'

const LENET = 'conv1 norm1 tanh1 pool1 sign1 conv2 norm2 pool2 flatten sign2 linear1 norm3 tanh3 linear2'.split(' ')

async function expectNoFaults(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const faults = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
  expect.soft(faults, where).toEqual([])
}

test('layers are dragged from the palette into the stack, about in it, and out of it', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  const ids = () => layerIds(page)
  expect(await ids()).toEqual(LENET)

  await lift(page, paletteItem(page, 'Dropout'), await before(page, 'linear1'))
  await expect(page.getByTestId('insertion-marker')).toBeVisible()
  await page.mouse.up()
  await expect(page.getByTestId('insertion-marker')).toHaveCount(0)
  expect(await ids()).toEqual(LENET.toSpliced(10, 0, 'dropout1'))

  await drag(page, layerOf(page, 'dropout1'), await before(page, 'conv2'))
  expect(await ids()).toEqual(LENET.toSpliced(5, 0, 'dropout1'))

  const palette = (await paletteItem(page, 'Dropout').boundingBox())!
  await lift(page, layerOf(page, 'dropout1'), palette)
  await expect(page.getByText('Remove', { exact: true })).toBeVisible()
  await page.mouse.up()
  expect(await ids()).toEqual(LENET)

  await page.getByRole('button', { name: 'Undo remove Dropout' }).click()
  await page.getByRole('button', { name: 'Undo move Dropout' }).click()
  expect(await ids()).toEqual(LENET.toSpliced(10, 0, 'dropout1'))
  await page.getByRole('button', { name: 'Redo move Dropout' }).click()
  expect(await ids()).toEqual(LENET.toSpliced(5, 0, 'dropout1'))
})

test('Esc gives a drag up, and a press without a drag only selects', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await lift(page, layerOf(page, 'conv2'), await before(page, 'norm1'))
  await expect(page.getByTestId('insertion-marker')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('insertion-marker')).toHaveCount(0)
  await page.mouse.up()
  expect(await layerIds(page)).toEqual(LENET)
  await layerOf(page, 'tanh1').click()
  await expect(layerOf(page, 'tanh1')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled()
})

test('several layers are dragged together', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await layerOf(page, 'norm1').click()
  await layerOf(page, 'tanh1').click({ modifiers: ['Shift'] })
  await drag(page, layerOf(page, 'norm1'), await before(page, 'flatten'))
  const expected = LENET.filter((id) => id !== 'norm1' && id !== 'tanh1')
  expect(await layerIds(page)).toEqual(expected.toSpliced(6, 0, 'norm1', 'tanh1'))
  await expect(page.getByRole('button', { name: 'Undo move 2 layers' })).toBeVisible()

  await dragByFinger(page, page.locator('[data-block="linear2"] [data-grip]'), await before(page, 'conv1'))
  expect((await layerIds(page)).slice(0, 2)).toEqual(['linear2', 'conv1'])
})

test('the stack scrolls while a layer is held at its edge', async ({ lab }) => {
  const { page } = lab
  await page.setViewportSize({ width: 1280, height: 500 })
  await openBench(page)
  const stack = page.locator('.stack:has(table)')
  const box = (await stack.boundingBox())!
  await lift(page, layerOf(page, 'conv1'), { x: box.x + box.width / 2, y: box.y + box.height - 6 })
  await expect.poll(() => stack.evaluate((element) => element.scrollTop)).toBeGreaterThan(100)
  await expect.poll(() => stack.evaluate((e) => e.scrollTop + e.clientHeight >= e.scrollHeight - 1)).toBe(true)
  await page.mouse.up()
  expect((await layerIds(page)).indexOf('conv1')).toBeGreaterThan(8)
})

test('the whole editor works by keyboard alone', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  const said = page.getByRole('main').getByRole('status').first()
  const press = (keys: string) => page.keyboard.press(keys)

  await layerOf(page, 'conv1').focus()
  await press('Enter')
  await press('ArrowDown')
  await expect(layerOf(page, 'norm1')).toBeFocused()
  await press('Alt+ArrowDown')
  await expect(layerOf(page, 'norm1')).toBeFocused()
  expect((await layerIds(page)).slice(0, 3)).toEqual(['conv1', 'tanh1', 'norm1'])
  await expect(said).toHaveText('Done: move BatchNorm. BatchNorm norm1 is layer 3 of 14.')

  await paletteItem(page, 'ReLU').focus()
  await press('Enter')
  expect((await layerIds(page)).slice(2, 4)).toEqual(['norm1', 'relu1'])
  await expect(said).toContainText('Done: add ReLU.')

  await layerOf(page, 'relu1').focus()
  await press('Delete')
  await expect(layerOf(page, 'pool1')).toBeFocused()
  await press('Control+z')
  await press('Control+z')
  await press('Control+z')
  expect(await layerIds(page)).toEqual(LENET)
  await expect(said).toHaveText('Undone: move BatchNorm.')
  await press('Control+y')
  await press('Control+Shift+z')
  expect(await layerIds(page)).toContain('relu1')
  await press('Control+z')
  await press('Control+z')

  await layerOf(page, 'tanh3').focus()
  await press('Enter')
  await press('Shift+ArrowUp')
  await expect(said).toHaveText('2 layers selected.')
  await press('Control+c')
  await press('End')
  await press('Control+v')
  expect((await layerIds(page)).slice(-3)).toEqual(['linear2', 'norm4', 'tanh2'])
  await press('Control+x')
  expect(await layerIds(page)).toEqual(LENET)
  await press('Control+v')
  await press('Control+z')
  await press('Control+d')
  await press('Control+a')
  await press('Delete')
  await expect(page.getByText('No layers yet')).toBeVisible()
})

test('layers are dragged into a residual block, about in it, and out of it with it open', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  const names = (from: number, to: number) => LENET.slice(from, to).join(' ')

  await drag(page, paletteItem(page, 'Residual'), await before(page, 'pool1'))
  await expect(page.getByText('Drop layers here')).toBeVisible()
  expect(await outline(page)).toBe(`${names(0, 3)} block1 ] ${names(3, 14)}`)

  await lift(page, paletteItem(page, 'QConv2d'), await endOf(page, 'block1'))
  await expect(page.getByTestId('insertion-marker')).toBeVisible()
  await page.mouse.up()
  expect(await outline(page)).toBe(`${names(0, 3)} block1 conv3 ] ${names(3, 14)}`)
  await expect(layerOf(page, 'block1')).toHaveAccessibleDescription(/20×20×64, cannot be added to.*24×24×64/)
  await page.getByRole('button', { name: 'Use padding 2' }).click()
  await expect(layerOf(page, 'block1')).not.toHaveAccessibleDescription(/cannot/)

  await drag(page, layerOf(page, 'tanh1'), await endOf(page, 'block1'))
  await expect(page.getByRole('button', { name: 'Undo move Tanh into Residual' })).toBeVisible()
  expect(await outline(page)).toBe(`${names(0, 2)} block1 conv3 tanh1 ] ${names(3, 14)}`)
  await drag(page, layerOf(page, 'tanh1'), await before(page, 'conv3'))
  await drag(page, layerOf(page, 'block1'), await before(page, 'norm1'))
  expect(await outline(page)).toBe(`conv1 block1 tanh1 conv3 ] norm1 ${names(3, 14)}`)
  await lift(page, layerOf(page, 'block1'), await before(page, 'conv3'))
  await expect(page.getByText('Nowhere to drop')).toBeVisible()
  await page.mouse.up()
  await drag(page, layerOf(page, 'conv3'), await before(page, 'sign1'))
  await expect(page.getByRole('button', { name: 'Undo move QConv2d out of Residual' })).toBeVisible()
  for (let step = 0; step < 7; step++) await page.keyboard.press('Control+z')
  expect(await outline(page)).toBe(names(0, 14))
})

test('a residual block is filled, folded, copied and left by keyboard alone', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  const said = page.getByRole('main').getByRole('status').first()
  const press = (keys: string) => page.keyboard.press(keys)
  const start = async () => (await outline(page)).split(' ').slice(0, 8).join(' ')

  await layerOf(page, 'conv1').focus()
  await press('Enter')
  await paletteItem(page, 'Residual').focus()
  await press('Enter')
  await expect(said).toHaveText('Done: add Residual. Residual block1 is layer 2 of 15.')
  await paletteItem(page, 'ReLU').focus()
  await press('Enter')
  await expect(said).toHaveText('Done: add ReLU. ReLU relu1 is layer 1 of 1 in block1, level 2.')
  await layerOf(page, 'norm1').focus()
  await press('Enter')
  await press('Alt+ArrowUp')
  await expect(said).toHaveText(
    'Done: move BatchNorm into Residual. BatchNorm norm1 is layer 2 of 2 in block1, level 2.',
  )
  await expect(layerOf(page, 'norm1')).toBeFocused()
  expect(await start()).toBe('conv1 block1 relu1 norm1 ] tanh1 pool1 sign1')

  await press('ArrowLeft')
  await expect(layerOf(page, 'block1')).toBeFocused()
  await press('ArrowLeft')
  await expect(layerOf(page, 'block1')).toHaveAttribute('aria-expanded', 'false')
  await press('ArrowDown')
  await expect(layerOf(page, 'tanh1')).toBeFocused()
  await press('Alt+ArrowUp')
  expect(await start()).toBe('conv1 tanh1 block1 pool1 sign1 conv2 norm2 pool2')
  await press('ArrowDown')
  await press('Control+d')
  expect(await start()).toBe('conv1 tanh1 block1 block2 relu2 norm4 ] pool1')
  await press('Delete')
  await press('ArrowUp')
  await press('ArrowRight')
  await press('ArrowRight')
  await expect(layerOf(page, 'relu1')).toBeFocused()
  await press('Alt+ArrowUp')
  await expect(said).toHaveText('Done: move ReLU out of Residual. ReLU relu1 is layer 3 of 15.')
  expect(await start()).toBe('conv1 tanh1 relu1 block1 norm1 ] pool1 sign1')
})

test('a layer is found by typing and goes after the selected one', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await layerOf(page, 'tanh1').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('/')
  await expect(page.getByLabel('Search layers')).toBeFocused()
  await page.keyboard.type('drop')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Search layers')).toHaveCount(0)
  await expect(layerOf(page, 'dropout1')).toBeFocused()
  expect(await layerIds(page)).toEqual(LENET.toSpliced(3, 0, 'dropout1'))

  await layerOf(page, 'pool2').dblclick()
  await page.getByRole('option', { name: /^ReLU/ }).click()
  expect(await layerIds(page)).toEqual(LENET.toSpliced(3, 0, 'dropout1').toSpliced(9, 0, 'relu1'))
  await page.keyboard.press('Control+Space')
  await page.keyboard.press('Escape')
  await expect(layerOf(page, 'relu1')).toBeFocused()
})

test('an error stands on the block that causes it, and its button puts it right', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await layerOf(page, 'flatten').click()
  await page.keyboard.press('Delete')
  await expect(layerOf(page, 'linear1')).toHaveAccessibleDescription(/needs a row of features/)
  await page.getByRole('button', { name: 'Insert Flatten', exact: true }).click()
  await expect(page.getByText('needs a row of features')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Undo insert Flatten' })).toBeVisible()

  await layerOf(page, 'linear2').click()
  await page.getByLabel('Output features').fill('7')
  await page.getByRole('button', { name: 'Set out features to 10' }).click()
  await expect(page.getByLabel('Output features')).toHaveValue('10')
})

test('a chosen quantizer follows into curve, costs and code, and is taken back', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await layerOf(page, 'conv2').click()
  const quantizer = page.getByRole('combobox', { name: 'Weight quantizer' })
  await quantizer.selectOption('ste_tern')
  const row = page.getByRole('row').filter({ has: layerOf(page, 'conv2') })
  await expect(row).toContainText('SteTern')
  await expect(row).toContainText('2b 102,400')
  await expect(page.getByRole('img', { name: /SteTern/ })).toBeVisible()
  await page.getByRole('button', { name: 'Show this network as PyTorch code' }).click()
  await expect(page.getByRole('region', { name: 'Python code' })).toContainText('SteTern(threshold=0.05')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Undo change weight quantizer/ }).click()
  await expect(quantizer).toHaveValue('sign')
  await expect(row).not.toContainText('2b')
})

test('the settings of the training form are those of the run', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await page.getByLabel('Optimiser').selectOption('sgd')
  await page.getByLabel('Momentum').fill('0.9')
  await page.getByLabel('Schedule', { exact: true }).selectOption('cosine')
  await page.getByRole('switch', { name: 'Stop early' }).click()
  await page.getByLabel('Patience').fill('4')
  await page.getByRole('switch', { name: 'Vary the images' }).click()
  await page.getByLabel('Epochs', { exact: true }).fill('1')
  await page.getByLabel('Training images').fill('200')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expectStatus(page, 'Finished')
  await goTo(page, 'History')
  await page.getByRole('button', { name: 'lenet-binary' }).click()
  for (const words of ['SGD, momentum 0.9', '0.001, cosine', 'Patience 4 epochs, test loss', 'Shift 2 px'])
    await expect(roomOf(page).getByText(words, { exact: false })).toBeVisible()
})

test('a restart loses neither the draft nor its history, and what was left is among the recent networks', async ({
  lab,
}) => {
  await openBench(lab.page)
  await layerOf(lab.page, 'tanh3').click()
  await lab.page.keyboard.press('Delete')
  await expect(lab.page.getByText('Draft kept')).toBeVisible()
  await lab.restart()
  const { page } = lab
  await goTo(page, 'Build')
  await expect(layerOf(page, 'norm3')).toBeVisible()
  expect(await layerIds(page)).toEqual(LENET.filter((id) => id !== 'tanh3'))
  await page.getByRole('button', { name: 'LeNet, full-precision twin' }).click()
  await expect(layerOf(page, 'tanh2')).toBeVisible()
  await page.keyboard.press('Control+o')
  await page
    .getByRole('group', { name: 'Recent, as you left them' })
    .getByRole('option', { name: 'lenet-binary' })
    .click()
  expect(await layerIds(page)).toEqual(LENET.filter((id) => id !== 'tanh3'))
})

test('two windows have one bench; where they went apart, one is chosen and the other stays', async ({ lab, host }) => {
  test.skip(host === 'electron', 'the application has one window')
  const first = lab.page
  await openBench(first)
  await expect(layerOf(first, 'tanh3')).toBeVisible()
  const second = await first.context().newPage()
  await second.goto(first.url())
  await layerOf(second, 'tanh3').click()
  await second.keyboard.press('Delete')
  await expect(layerOf(first, 'tanh3')).toHaveCount(0)
  await expect(first.getByRole('button', { name: 'Undo remove Tanh' })).toBeEnabled()

  await second.getByRole('button', { name: 'LeNet, full-precision twin' }).click()
  await expect(first.getByText('Another window has “lenet-twin” on the bench now.')).toBeVisible()
  expect(await layerIds(first)).toEqual(LENET.filter((id) => id !== 'tanh3'))
  await first.getByRole('button', { name: 'Take that one' }).click()
  await expect(layerOf(first, 'tanh2')).toBeVisible()
  await first.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(second.getByText('Another window has “lenet-binary” on the bench now.')).toBeVisible()
  expect(await layerIds(first)).toEqual(LENET.filter((id) => id !== 'tanh3'))
})

test('a network is exported to a file and imported again; a wrong file is refused in a sentence', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  const menu = page.getByRole('button', { name: 'Network', exact: true })
  const downloading = page.waitForEvent('download')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Export this network to a file' }).click()
  const path = await (await downloading).path()

  await layerOf(page, 'conv1').click()
  await page.keyboard.press('Delete')
  const importing = page.waitForEvent('filechooser')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Import a network from a file' }).click()
  await (await importing).setFiles({ name: 'mine.json', mimeType: 'application/json', buffer: await readFile(path) })
  await expect(layerOf(page, 'conv1')).toBeVisible()
  expect(await layerIds(page)).toEqual(LENET)

  const again = page.waitForEvent('filechooser')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Import a network from a file' }).click()
  await (await again).setFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{') })
  await expect(page.getByText('"broken.json" is not JSON.')).toBeVisible()
  expect(await layerIds(page)).toEqual(LENET)
})

test('the twin is one click away and one back, and the code follows', async ({ lab }) => {
  const { page } = lab
  await openBench(page)
  await page.getByRole('button', { name: 'Make a twin' }).click()
  await expect(page.getByLabel('Name of the network')).toHaveValue('lenet-twin')
  await expect(layerOf(page, 'sign1')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo make it full precision' }).click()
  expect(await layerIds(page)).toEqual(LENET)
  await page.getByRole('button', { name: 'Show this network as PyTorch code' }).click()
  await expect(page.getByRole('region', { name: 'Python code' })).toContainText('QConv2d_NoAct(64, 64, kernel_size=5)')
})

for (const theme of ['light', 'dark'] as const) {
  test(`the bench and what lies over it are free of accessibility faults in the ${theme} theme`, async ({ lab }) => {
    const { page } = lab
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await openBench(page)
    await layerOf(page, 'flatten').click()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('button', { name: 'Insert Flatten', exact: true })).toBeVisible()
    await expectNoFaults(page, 'a wrong layer')
    await paletteItem(page, 'Residual').click()
    await expect(page.getByText('Drop layers here')).toBeVisible()
    await paletteItem(page, 'ReLU').click()
    await expectNoFaults(page, 'a residual block')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await layerOf(page, 'conv2').click()
    await page.getByRole('combobox', { name: 'Weight quantizer' }).selectOption('progressive_sign')
    await page.getByRole('switch', { name: 'Watch weights' }).click()
    await expectNoFaults(page, 'a quantized layer')
    await page.getByRole('button', { name: /^Training/ }).click()
    await page.getByLabel('Schedule', { exact: true }).selectOption('cosine')
    await page.getByRole('switch', { name: 'Stop early' }).click()
    await page.getByRole('switch', { name: 'Vary the images' }).click()
    await page.getByLabel('Optimiser').selectOption('bop')
    await expectNoFaults(page, 'the training form, all of it')
    for (let step = 0; step < 6; step++) await page.keyboard.press('Control+z')
    await layerOf(page, 'conv2').click()
    await page.keyboard.press('/')
    await expect(page.getByLabel('Search layers')).toBeVisible()
    await expectNoFaults(page, 'the search')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+o')
    await expect(page.getByLabel('Search networks')).toBeVisible()
    await expectNoFaults(page, 'opening')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Show this network as PyTorch code' }).click()
    await expect(page.getByRole('region', { name: 'Python code' })).toBeVisible()
    await expectNoFaults(page, 'the code')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Network', exact: true }).click()
    await expect(page.getByRole('menu')).toBeVisible()
    await expectNoFaults(page, 'the menu')
  })
}
