import { describe, expect, it } from 'vitest'
import { datasetsOf, extentOfY } from '../../../../renderer/charts/datasets.ts'
import { readingsAt, snap } from '../../../../renderer/charts/reading.ts'
import { Column } from '../../../../renderer/charts/series.ts'

const line = (id: string, x: number[], y: number[], more: object = {}) => ({
  id,
  label: id,
  colour: 'run-1',
  x: new Column(x),
  y: new Column(y),
  ...more,
})
const theme = { text: '', muted: '', grid: '', ground: '#ffffff', font: '', colour: () => '#112233' }
const window = { from: 0, to: 10, columns: 100 }
const axis = { label: 'y', format: String }

describe('reading a chart', () => {
  const lines = [line('a', [1, 2, 5], [10, 20, 50]), line('b', [4, 8], [1, NaN])]

  it('goes to the nearest point of any line', () => {
    expect([0, 3.4, 4.4, 99].map((x) => snap(lines, x))).toEqual([1, 4, 4, 8])
    expect(snap([], 1)).toBeNull()
  })

  it('leaves out lines that have nothing there', () => {
    expect(readingsAt(lines, 2).map(({ line: { id }, value }) => [id, value])).toEqual([['a', 20]])
    expect(readingsAt(lines, 4).map(({ line: { id } }) => id)).toEqual(['a', 'b'])
    expect(readingsAt(lines, 8)).toEqual([])
  })

  it('gives what is drawn and what was measured', () => {
    const [reading] = readingsAt([line('a', [1, 2], [1, 2], { smoothing: 0.6 })], 2)
    expect(reading!.raw).toBe(2)
    expect(reading!.value).toBeCloseTo(1.04 / 0.64, 12)
  })
})

describe('the lines as drawn', () => {
  it('are the smoothed line over its faint raw one', () => {
    const [raw, smoothed, ...rest] = datasetsOf([line('a', [1, 2], [1, 2], { smoothing: 0.6 })], window, theme, false)
    expect(rest).toEqual([])
    expect(raw!.borderColor).toBe('#11223340')
    expect(raw!.data[1]).toEqual({ x: 2, y: 2 })
    expect(smoothed!.borderColor).toBe('#112233')
    expect(smoothed!.data[1]!.y).toBeCloseTo(1.04 / 0.64, 12)
  })

  it('are dashed for tests and hollow for binary networks', () => {
    const [test] = datasetsOf([line('a', [1], [1], { dashed: true, mark: 'hollow' })], window, theme, false)
    expect(test).toMatchObject({ borderDash: [5, 4], pointBackgroundColor: '#ffffff' })
  })

  it('have a gap where a logarithmic axis has no place for a value', () => {
    const [dataset] = datasetsOf([line('a', [1, 2, 3], [1, 0, 2])], window, theme, true)
    expect(dataset!.data.map(({ y }) => y)).toEqual([1, NaN, 2])
  })

  it('set the stretch of y by what lies in sight, within what makes sense', () => {
    const spread = line('a', [1, 2, 30], [0.93, 0.98, 0.1])
    expect(extentOfY([spread], window, { ...axis, low: 0, high: 1 }, false)).toEqual({ low: 0.93, high: 0.98 })
    expect(extentOfY([line('b', [1], [0.999])], window, { ...axis, high: 1 }, false)!.high).toBe(1)
    expect(extentOfY([line('c', [1], [NaN])], window, axis, false)).toBeNull()
  })
})
