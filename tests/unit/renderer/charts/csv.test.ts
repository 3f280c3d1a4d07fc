import { describe, expect, it } from 'vitest'
import { rowsOf, toCsv } from '../../../../renderer/charts/csv.ts'
import { Column } from '../../../../renderer/charts/series.ts'

const line = (label: string, x: number[], y: number[]) => ({
  id: label,
  label,
  colour: 'run-1',
  x: new Column(x),
  y: new Column(y),
})

describe('the numbers behind a chart', () => {
  it('stand side by side over all x values', () => {
    const lines = [line('a', [1, 2, 3], [0.1, NaN, 0.3]), line('b', [2, 4], [5, 6])]
    expect(rowsOf(lines)).toEqual([
      { x: 1, values: [0.1, null] },
      { x: 2, values: [null, 5] },
      { x: 3, values: [0.3, null] },
      { x: 4, values: [null, 6] },
    ])
  })

  it('become comma-separated values', () => {
    const lines = [line('binary, "wide"', [1], [0.5]), line('=SUM(A1)', [2], [7])]
    expect(toCsv('Epoch', lines)).toBe('Epoch,"binary, ""wide""",\'=SUM(A1)\r\n1,0.5,\r\n2,,7\r\n')
  })
})
