import { describe, expect, it } from 'vitest'
import { kilobytes, loss, percent } from '#electron/cli/format.ts'
import { editDistance, nearest } from '#electron/cli/nearest.ts'
import { progressText, ProgressLine } from '#electron/cli/progress-line.ts'
import { renderTable } from '#electron/cli/table.ts'
import type { Progress } from '#shared/contract/runs.ts'

describe('numbers', () => {
  it('have units and places', () => {
    expect(percent(0.98394)).toBe('98.39 %')
    expect(percent(null)).toBe('–')
    expect(kilobytes(200_520)).toBe('195.82')
    expect(loss(0.04761)).toBe('0.0476')
  })
})

describe('a mistyped name', () => {
  const names = ['lenet-binary', 'lenet-full-precision', 'lenet-twin']

  it.each([
    ['lenet-bynary', 'lenet-binary'],
    ['LeNet-Twin', 'lenet-twin'],
    ['lenet', 'lenet-twin'],
    ['resnet-50-imagenet', null],
  ])('%s was meant to be %s', (given, meant) => expect(nearest(given, names)).toBe(meant))

  it('is as far away as letters have to be changed', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('same', 'same')).toBe(0)
  })
})

it('a table has its numbers to the right', () => {
  const table = renderTable(
    [
      { title: 'Name', value: ({ name }: { name: string; size: number }) => name },
      { title: 'Size', align: 'right', value: ({ size }) => String(size) },
    ],
    [
      { name: 'a', size: 1 },
      { name: 'longer', size: 12_345 },
    ],
  )
  expect(table).toBe('Name     Size\n─────────────\na           1\nlonger  12345\n')
})

describe('the progress line', () => {
  const progress: Progress = {
    phase: 'training',
    epoch: 3,
    epochs: 10,
    step: 1525,
    totalSteps: 6000,
    loss: 0.0476,
    accuracy: 0.984,
    imagesPerSecond: 2310.4,
    elapsedSeconds: 66,
    remainingSeconds: 194,
  }

  it('tells epoch, share, loss, accuracy, speed and time left', () => {
    expect(progressText(progress)).toBe(
      'Epoch 3/10 ██████░░░░░░░░░░░░░░░░░░ 25 %  loss 0.0476  acc 98.40 %  2,310 images/s  ETA 3:14',
    )
  })

  it('leaves out what is not known yet', () => {
    const unknown = { loss: null, accuracy: null, imagesPerSecond: null, remainingSeconds: null }
    expect(progressText({ ...progress, ...unknown, phase: 'testing', step: 0, totalSteps: 0 })).toBe(
      `Epoch 3/10 testing ${'░'.repeat(24)} 0 %`,
    )
  })

  it('is drawn over on a screen, within its width, and nowhere else', () => {
    const written: string[] = []
    const terminal = { out: () => {}, err: (text: string) => void written.push(text), isScreen: true, columns: 40 }
    const line = new ProgressLine(terminal)
    line.show(progress)
    line.clear()
    expect(written.map((text) => text.startsWith('\r\u001b[2K'))).toEqual([true, true])
    expect(written[0]!.length).toBeLessThan(40 + 5)
    const quiet = new ProgressLine({ ...terminal, isScreen: false })
    quiet.show(progress)
    quiet.clear()
    expect(written).toHaveLength(2)
  })
})
