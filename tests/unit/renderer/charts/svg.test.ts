import { describe, expect, it } from 'vitest'
import { drawLines } from '../../../../renderer/charts/drawing.ts'
import { bandPath, linePath } from '../../../../renderer/charts/paths.ts'
import { toSvg } from '../../../../renderer/charts/svg.ts'
import { frame, line, theme } from './chartFixtures.ts'

const lines = [
  line('train', [1, 1.001, 5, 9], [2, 4, 6, 8], { smoothing: 0.6 }),
  line('test <1> & "2"', [5, 10], [5, 10], { dash: 'dashed', mark: 'hollow' }),
]
const marks = [{ x: 4, label: 'rate 0.1' }]

function parsed() {
  const drawing = drawLines(lines, frame.x, 100, false)
  const caption = { title: 'Loss & more', description: 'Loss. train: 8.', axis: 'Step' }
  const svg = toSvg(caption, { drawing, frame, theme, width: 160, height: 140 }, marks)
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  return { svg, drawing, root: document.documentElement }
}

describe('a chart as a vector drawing', () => {
  it('has the lines, the raw ones and the bands as paths, and no picture', () => {
    const { root, drawing } = parsed()
    const paths = (name: string) => [...root.querySelectorAll(`path.${name}`)].map((path) => path.getAttribute('d'))
    const [train, test] = drawing.lines
    expect(paths('line')).toEqual([linePath(frame, test!.x, test!.y), linePath(frame, train!.x, train!.y)])
    expect(paths('raw')).toEqual([linePath(frame, train!.x, train!.raw!)])
    expect(paths('band')).toEqual([bandPath(frame, train!.x, train!.band!.low, train!.band!.high)])
    expect(root.querySelector('image')).toBeNull()
    expect(root.querySelectorAll('circle')).toHaveLength(2)
    expect(root.querySelectorAll('path.line')[0]!.getAttribute('stroke-dasharray')).toBe('5 4')
  })

  it('has the axes and the marks where the chart has them', () => {
    const { root } = parsed()
    const mark = root.querySelector('line.mark')!
    expect([mark.getAttribute('x1'), mark.getAttribute('y1'), mark.getAttribute('y2')]).toEqual(['90', '10', '110'])
    const words = [...root.querySelectorAll('text')].map((text) => text.textContent)
    expect(words).toEqual(['Loss & more', 'train', 'test <1> & "2"', 'Step', '5', '10 & more', 'rate 0.1'])
  })

  it('says in words what it shows, and is well-formed whatever the names are', () => {
    const { root, svg } = parsed()
    expect(root.querySelector('title')!.textContent).toBe('Loss & more')
    expect(root.querySelector('desc')!.textContent).toBe('Loss. train: 8.')
    expect(svg).toContain('test &lt;1&gt; &amp; &quot;2&quot;')
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('paths', () => {
  const at = (...values: number[]) => Float64Array.from(values)

  it('leave gaps open and show a point alone', () => {
    expect(linePath(frame, at(0, 5, 6, 7, 8), at(0, 10, NaN, 5, NaN))).toBe('M50 110L100 10M120 60h0')
    expect(linePath(frame, at(), at())).toBe('')
  })

  it('go round a band stretch by stretch', () => {
    expect(bandPath(frame, at(0, 5, 6, 10), at(0, 1, NaN, 2), at(2, 3, NaN, 2))).toBe(
      'M50 90L100 80L100 100L50 110ZM150 90L150 90Z',
    )
  })

  it('stay finite far outside the plot', () => {
    const powers = { ...frame, logarithmic: true, y: { low: 1, high: 10 } }
    expect(linePath(powers, at(0, 1), at(1e-300, 5))).toMatch(/^M50 \d+L60 /)
  })
})
