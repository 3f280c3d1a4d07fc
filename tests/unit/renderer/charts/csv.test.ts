import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { rowsOf, toCsv } from '../../../../renderer/charts/csv.ts'
import { Column } from '../../../../renderer/charts/series.ts'

const line = (label: string, x: number[], y: number[], more: object = {}) => ({
  id: label,
  label,
  colour: 'run-1',
  x: new Column(x),
  y: new Column(y),
  ...more,
})
const axis = { label: 'Epoch', format: String }

describe('the numbers behind a chart', () => {
  it('stand side by side over all x values', () => {
    const lines = [line('a', [1, 2, 3], [0.1, NaN, 0.3]), line('b', [2, 4], [5, 6])]
    expect(rowsOf(lines)).toEqual([
      { x: 1, values: [0.1, null], mark: null },
      { x: 2, values: [null, 5], mark: null },
      { x: 3, values: [0.3, null], mark: null },
      { x: 4, values: [null, 6], mark: null },
    ])
  })

  it('stand where the axis has them', () => {
    const lines = [line('train', [50, 100], [1, 2], { placing: { offset: 0, factor: 0.01 } }), line('test', [1], [9])]
    expect(rowsOf(lines).map(({ x, values }) => [x, ...values])).toEqual([
      [0.5, 1, null],
      [1, 2, 9],
    ])
  })

  it('end where a line has a place that is no number', () => {
    expect(rowsOf([line('a', [1, NaN, 3], [5, 6, 7])]).map(({ x }) => x)).toEqual([1])
  })

  const rising = fc
    .array(fc.record({ step: fc.integer({ min: 0, max: 3 }), y: fc.double() }), { maxLength: 30 })
    .map((points) => {
      let x = 0
      return points.map(({ step, y }) => ({ x: (x += step), y }))
    })
  const events = fc.array(fc.record({ x: fc.integer({ min: 0, max: 60 }), label: fc.string() }), { maxLength: 5 })
  test.prop([fc.array(rising, { maxLength: 4 }), events])(
    'have every value at its x and nothing else, the last of several there',
    (series, marks) => {
      const lines = series.map((points, index) => {
        const xs = points.map(({ x }) => x)
        return line(
          `${index}`,
          xs,
          points.map(({ y }) => y),
          { placing: { offset: 1, factor: 2 } },
        )
      })
      const places = new Set([...series.flat().map(({ x }) => 1 + 2 * x), ...marks.map(({ x }) => x)])
      const expected = [...places]
        .toSorted((a, b) => a - b)
        .map((x) => {
          const labels = marks.filter((mark) => mark.x === x).map(({ label }) => label)
          const values = series.map((points) => points.findLast((point) => 1 + 2 * point.x === x)?.y ?? NaN)
          const mark = labels.length > 0 ? labels.join('; ') : null
          return { x, values: values.map((value) => (Number.isFinite(value) ? value : null)), mark }
        })
      expect(rowsOf(lines, marks)).toEqual(expected)
    },
  )

  it('have the edges of a band and what is marked', () => {
    const band = { low: new Column([0.5]), high: new Column([1.5]) }
    const marks = [
      { x: 1, label: 'rate 0.1' },
      { x: 3, label: 'rate 0.2' },
      { x: 3, label: 'rate 0.3' },
    ]
    expect(toCsv(axis, [line('mean', [1], [1], { band })], marks)).toBe(
      'Epoch,mean,"mean, low","mean, high",Marks\r\n1,1,0.5,1.5,rate 0.1\r\n3,,,,rate 0.2; rate 0.3\r\n',
    )
  })

  it('become comma-separated values', () => {
    const lines = [line('binary, "wide"', [1], [0.5]), line('=SUM(A1)', [2], [7])]
    expect(toCsv(axis, lines)).toBe('Epoch,"binary, ""wide""",\'=SUM(A1)\r\n1,0.5,\r\n2,,7\r\n')
  })

  it('say the time of day so that every program reads it', () => {
    const clock = { ...axis, label: 'Clock', formatExact: (value: number) => new Date(value).toISOString() }
    expect(toCsv(clock, [line('a', [0], [1])])).toBe('Clock,a\r\n1970-01-01T00:00:00.000Z,1\r\n')
  })
})
