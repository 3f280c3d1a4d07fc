import { describe, expect, it } from 'vitest'
import { describe as describeChart, describePlace } from '../../../../renderer/charts/describe.ts'
import { marksNear, placeMarks } from '../../../../renderer/charts/marks.ts'
import { frame, line } from './chartFixtures.ts'

const mark = (x: number, label = 'rate') => ({ x, label })
const wide = { ...frame, right: 1050 }

describe('the marks of a chart', () => {
  it('stand at their x from left to right, and only in sight', () => {
    expect(placeMarks([mark(9), mark(2), mark(11), mark(-1)], wide).map(({ x }) => x)).toEqual([250, 950])
  })

  it('have their labels on the right, at the edge on the left, and none over another', () => {
    const label = (marks: ReturnType<typeof mark>[]) => placeMarks(marks, wide).map(({ label }) => label)
    expect(label([mark(2)])).toEqual([254])
    expect(label([mark(10)])).toEqual([1050 - 4 - 26])
    expect(label([mark(2), mark(2.1), mark(3)])).toEqual([254, null, 354])
  })

  it('are found near the crosshair', () => {
    expect(marksNear([mark(2), mark(5)], frame, 72)).toEqual([mark(2)])
    expect(marksNear([mark(2)], frame, 90)).toEqual([])
  })

  it('are said with the chart and at their place', () => {
    const axis = { label: 'Step', format: String }
    const loss = { label: 'Loss', format: String }
    const lines = [line('a', [1], [0.5])]
    expect(describeChart('Loss', lines, axis, loss, [mark(4, 'rate 0.1'), mark(6, 'rate 0.2')])).toBe(
      'Loss. a: 0.5 at step 1. Marked: rate 0.1 at step 4, rate 0.2 at step 6.',
    )
    expect(describePlace(4, [], [mark(4, 'rate 0.1')], axis, loss)).toBe('Step 4, rate 0.1')
  })
})
