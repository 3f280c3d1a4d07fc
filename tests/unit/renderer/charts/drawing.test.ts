import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { bandStrength, datasetsOf } from '../../../../renderer/charts/datasets.ts'
import { drawLines } from '../../../../renderer/charts/drawing.ts'
import { Column } from '../../../../renderer/charts/series.ts'
import { line, theme } from './chartFixtures.ts'

const all = { low: 0, high: 10 }

describe('the lines as drawn', () => {
  it('are the smoothed line over its faint raw one', () => {
    const { lines } = drawLines([line('a', [1, 2], [1, 2], { smoothing: 0.6 })], all, 200, false)
    const [smoothed, raw, ...rest] = datasetsOf(lines, all, theme)
    expect(rest).toEqual([])
    expect(raw!.borderColor).toBe('#11223340')
    expect(raw!.data[1]).toEqual({ x: 2, y: 2 })
    expect(smoothed!.borderColor).toBe('#112233')
    expect(smoothed!.data[1]!.y).toBeCloseTo(1.04 / 0.64, 12)
  })

  it('are dashed for tests and hollow for binary networks', () => {
    const { lines } = drawLines([line('a', [1], [1], { dash: 'dashed', mark: 'hollow' })], all, 200, false)
    expect(datasetsOf(lines, all, theme)[0]).toMatchObject({ borderDash: [5, 4], pointBackgroundColor: '#ffffff' })
  })

  it('have marks where there is room for them', () => {
    const marked = (length: number) => {
      const places = Array.from({ length }, (_, index) => (index * 10) / length)
      return drawLines([line('a', places, places, { mark: 'filled' })], all, 200, false).lines[0]!.isMarked
    }
    expect([marked(1), marked(12), marked(100)]).toEqual([true, true, false])
  })

  it('end at the edge of the view, but for marks that stand on it', () => {
    const clipOf = (view: { low: number; high: number }) =>
      datasetsOf(
        drawLines([line('a', [1, 5, 9], [1, 2, 3], { mark: 'filled' })], view, 200, false).lines,
        view,
        theme,
      )[0]!.clip
    expect(clipOf({ low: 1, high: 9 })).toMatchObject({ left: 4, right: 4 })
    expect(clipOf({ low: 1, high: 6 })).toMatchObject({ left: 4, right: 0 })
    expect(clipOf({ low: 2, high: 9 })).toMatchObject({ left: 0, right: 4 })
  })

  it('have bands that are weaker the more of them there are', () => {
    const strengthOf = (count: number) =>
      bandStrength(
        drawLines(
          Array.from({ length: count }, (_, index) => line(`${index}`, [1, 1.001], [1, 2])),
          all,
          200,
          false,
        ),
      )
    expect([strengthOf(1), strengthOf(2), strengthOf(4)]).toEqual([0.16, 0.16, 0.08])
  })

  it('stand where their placing puts them', () => {
    const epochs = line('a', [100, 200], [1, 2], { placing: { offset: 0, factor: 0.01 } })
    expect([...drawLines([epochs], { low: 0, high: 2 }, 200, false).lines[0]!.x]).toEqual([1, 2])
  })

  it('have a band where a column has more than one value, and the given one where there is one', () => {
    const many = line('a', [1, 1.001, 9], [5, 3, 4])
    const [drawn] = drawLines([many], all, 200, false).lines
    expect([...drawn!.x]).toEqual([1.001, 9])
    expect([...drawn!.y]).toEqual([3, 4])
    expect([[...drawn!.band!.low], [...drawn!.band!.high]]).toEqual([
      [3, 4],
      [5, 4],
    ])
    expect(drawLines([line('b', [1, 9], [5, 4])], all, 200, false).lines[0]!.band).toBeNull()
    const band = { low: new Column([4, 3]), high: new Column([6, 5]) }
    const [given] = drawLines([line('c', [1, 9], [5, 4], { band })], all, 200, false).lines
    expect([[...given!.band!.low], [...given!.band!.high]]).toEqual([
      [4, 3],
      [6, 5],
    ])
  })

  it('leave out and count what a logarithmic axis has no place for', () => {
    const { lines, refused } = drawLines([line('a', [1, 2, 3], [1, 0, 2])], all, 200, true)
    expect([...lines[0]!.y]).toEqual([1, NaN, 2])
    expect(refused).toBe(1)
    expect(drawLines([line('a', [1, 2, 3], [1, 0, 2])], all, 200, false).refused).toBe(0)
  })

  test.prop(
    [
      fc.integer({ min: 20, max: 3000 }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
    ],
    {
      numRuns: 25,
    },
  )('have at most two points a pixel, whatever their length', (width, length, smoothing) => {
    const x = Float64Array.from({ length }, (_, index) => index)
    const { points } = drawLines(
      [line('a', x, x.map(Math.sin), { smoothing })],
      { low: length / 5, high: length / 2 },
      width,
      false,
    )
    expect(points).toBeLessThanOrEqual(2 * width)
  })
})
