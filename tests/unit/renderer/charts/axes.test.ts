import { describe, expect, it } from 'vitest'
import { layOutAxes, plotWidth, type AxesSettings } from '../../../../renderer/charts/axes.ts'
import { xToPixel, yToPixel } from '../../../../renderer/charts/frame.ts'

const settings: AxesSettings = {
  x: { label: 'Step', format: String, isWhole: true },
  y: { label: 'Loss', format: (value) => value.toFixed(3), formatTick: String },
  xExtent: { low: 0, high: 4 },
  yExtent: { low: 0, high: 2 },
  logarithmic: false,
  hasMarks: false,
}

describe('the axes of a chart', () => {
  it('stand in the same column whatever they say, and leave room for the labels of marks', () => {
    const size = { width: 600, height: 300 }
    const frame = layOutAxes(size, settings)
    const marked = layOutAxes(size, { ...settings, hasMarks: true, yExtent: { low: 0, high: 100_000 } })
    expect([frame.left, frame.right, frame.bottom]).toEqual([marked.left, marked.right, marked.bottom])
    expect(frame.right - frame.left).toBe(plotWidth(600))
    expect(marked.top).toBeGreaterThan(frame.top)
  })

  it('have ticks within the plot, written as the axis writes them', () => {
    const frame = layOutAxes({ width: 600, height: 300 }, settings)
    expect(frame.xTicks.map(({ label }) => label)).toEqual(['0', '1', '2', '3', '4'])
    expect(frame.yTicks.map(({ label }) => label)).toEqual(['0', '0.5', '1', '1.5', '2'])
    expect(frame.xTicks.map(({ value }) => xToPixel(frame, value)).at(-1)).toBe(frame.right)
    expect(frame.yTicks.map(({ value }) => yToPixel(frame, value)).at(-1)).toBe(frame.top)
  })

  it('have fewer ticks where there is little room, and a plot even where there is none', () => {
    const wide = layOutAxes({ width: 1400, height: 500 }, { ...settings, xExtent: { low: 0, high: 1000 } })
    const narrow = layOutAxes({ width: 260, height: 90 }, { ...settings, xExtent: { low: 0, high: 1000 } })
    expect(narrow.xTicks.length).toBeLessThan(wide.xTicks.length)
    const none = layOutAxes({ width: 0, height: 0 }, settings)
    expect(none.right).toBeGreaterThan(none.left)
    expect(none.bottom).toBeGreaterThan(none.top)
  })

  it('count powers where they are logarithmic, and ask the axis for its own ticks else', () => {
    const powers = layOutAxes(
      { width: 600, height: 300 },
      { ...settings, logarithmic: true, yExtent: { low: 0.1, high: 100 } },
    )
    expect(powers.yTicks.map(({ value }) => value)).toEqual([0.1, 1, 10, 100])
    const own = { ...settings, x: { ...settings.x, ticks: () => [1, 3] } }
    expect(layOutAxes({ width: 600, height: 300 }, own).xTicks.map(({ value }) => value)).toEqual([1, 3])
  })
})
