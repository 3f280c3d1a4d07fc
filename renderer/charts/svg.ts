import { bandStrength, dashesOf, LINE_WIDTH, MARK, markRadius, OVERHANG, RAW_STRENGTH } from './datasets.ts'
import type { DrawnLine } from './drawing.ts'
import { xToPixel, yToPixel, type Frame } from './frame.ts'
import { layOutKeys, MARGIN, placeAxisName, SAMPLE_WIDTH, type Caption, type Key } from './keys.ts'
import type { ChartLine, ChartMark } from './line.ts'
import { placeMarks } from './marks.ts'
import { bandPath, linePath } from './paths.ts'
import type { ChartTheme } from './theme.ts'
import type { Drawn } from './useLineChart.ts'
import { element, escaped } from './xml.ts'

/**
 * A drawn chart as a vector picture that stands by itself: the same axes, lines, bands and marks as on the canvas, from
 * the same reduced points.
 */
export function toSvg({ title, description, axis }: Caption, drawn: Drawn, marks: readonly ChartMark[]): string {
  const { drawing, frame, theme } = drawn
  const { lines } = drawing
  const width = drawn.width + 2 * MARGIN
  const { keys, head } = layOutKeys(
    lines.map(({ line }) => line),
    width,
  )
  const height = drawn.height + head + MARGIN
  const size = { width, height }
  return element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${width} ${height}`, role: 'img' },
      ...{ 'font-family': theme.font, 'font-size': 11 },
    },
    element('title', {}, escaped(title)),
    element('desc', {}, escaped(description)),
    element('defs', {}, clip('plot', frame, 0), clip('points', frame, OVERHANG)),
    element('rect', { ...size, fill: theme.ground }),
    element('text', { x: MARGIN, y: 23, fill: theme.text, 'font-size': 14, 'font-weight': 600 }, escaped(title)),
    ...keys.map((key) => keyOf(key, theme)),
    element(
      'text',
      { ...placeAxisName(frame, head, drawn.height), fill: theme.muted, 'text-anchor': 'middle' },
      escaped(axis),
    ),
    element(
      'g',
      { transform: `translate(${MARGIN} ${head})` },
      ...gridOf(frame, theme),
      element(
        'g',
        { 'clip-path': 'url(#plot)' },
        ...lines.map((line) => bandOf(line, bandStrength(drawing), frame, theme)),
      ),
      ...(marks.length > 0 ? marksOf(marks, frame, theme) : []),
      element(
        'g',
        { 'clip-path': 'url(#plot)', fill: 'none', 'stroke-linejoin': 'round' },
        ...lines.map((line) => rawOf(line, frame, theme)),
        ...lines.toReversed().map((line) => lineOf(line, frame, theme)),
      ),
      element('g', { 'clip-path': 'url(#points)' }, ...lines.toReversed().map((line) => pointsOf(line, frame, theme))),
    ),
  )
}

function clip(id: string, { left, right, top, bottom }: Frame, room: number): string {
  const box = { x: left - room, y: top - room, width: right - left + 2 * room, height: bottom - top + 2 * room }
  return element('clipPath', { id }, element('rect', box))
}

function gridOf(frame: Frame, theme: ChartTheme): string[] {
  const { left, right, top, bottom, xTicks, yTicks } = frame
  const stroke = theme.grid
  const fill = theme.muted
  return [
    ...xTicks.flatMap(({ value, label }) => {
      const x = xToPixel(frame, value)
      return [
        element('line', { x1: x, x2: x, y1: top, y2: bottom, stroke }),
        element('text', { x, y: bottom + 17, fill, 'text-anchor': 'middle' }, escaped(label)),
      ]
    }),
    ...yTicks.flatMap(({ value, label }) => {
      const y = yToPixel(frame, value)
      return [
        element('line', { x1: left, x2: right, y1: y, y2: y, stroke }),
        element('text', { x: left - 6, y: y + 4, fill, 'text-anchor': 'end' }, escaped(label)),
      ]
    }),
  ]
}

function bandOf({ line, x, band }: DrawnLine, strength: number, frame: Frame, theme: ChartTheme): string {
  const d = band ? bandPath(frame, x, band.low, band.high) : ''
  if (!d) return ''
  return element('path', { class: 'band', d, fill: theme.colour(line.colour), 'fill-opacity': strength })
}

function rawOf({ line, x, raw }: DrawnLine, frame: Frame, theme: ChartTheme): string {
  const d = raw ? linePath(frame, x, raw) : ''
  return d
    ? element('path', { class: 'raw', d, stroke: theme.colour(line.colour), 'stroke-opacity': RAW_STRENGTH })
    : ''
}

function lineOf({ line, x, y }: DrawnLine, frame: Frame, theme: ChartTheme): string {
  const d = linePath(frame, x, y)
  const look = { stroke: theme.colour(line.colour), 'stroke-width': LINE_WIDTH, ...dashed(line) }
  return d ? element('path', { class: 'line', d, ...look }) : ''
}

function pointsOf({ line, x, y, isMarked }: DrawnLine, frame: Frame, theme: ChartTheme): string {
  if (!isMarked) return ''
  const stroke = theme.colour(line.colour)
  const look = {
    r: markRadius(line),
    fill: line.mark === 'hollow' ? theme.ground : stroke,
    stroke,
    'stroke-width': line.mark === 'point' ? 0 : MARK.edge,
  }
  return Array.from(x, (value, index) =>
    Number.isFinite(y[index])
      ? element('circle', { cx: xToPixel(frame, value), cy: yToPixel(frame, y[index]!), ...look })
      : '',
  ).join('')
}

function marksOf(marks: readonly ChartMark[], frame: Frame, theme: ChartTheme): string[] {
  const { top, bottom } = frame
  return placeMarks(marks, frame).flatMap(({ mark, x, label }) => [
    element('line', {
      class: 'mark',
      x1: x,
      x2: x,
      y1: top,
      y2: bottom,
      stroke: theme.muted,
      'stroke-dasharray': '2 3',
    }),
    label === null ? '' : element('text', { x: label, y: top - 5, fill: theme.muted }, escaped(mark.label)),
  ])
}

function keyOf({ line, left, text, middle }: Key, theme: ChartTheme): string {
  const [x1, x2] = [left, left + SAMPLE_WIDTH]
  const look = { stroke: theme.colour(line.colour), 'stroke-width': 2, ...dashed(line) }
  return (
    element('line', { x1, x2, y1: middle, y2: middle, ...look }) +
    element('text', { x: text, y: middle + 4, fill: theme.muted, 'font-size': 12 }, escaped(line.label))
  )
}

function dashed(line: ChartLine): Readonly<Record<string, string>> {
  return line.dash ? { 'stroke-dasharray': dashesOf(line).join(' ') } : {}
}
