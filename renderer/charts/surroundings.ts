import type { Plugin } from 'chart.js'
import { bandStrength } from './datasets.ts'
import type { Drawing } from './drawing.ts'
import { xToPixel, yToPixel, type Frame } from './frame.ts'
import type { ChartMark } from './line.ts'
import { placeMarks } from './marks.ts'
import { traceBand } from './paths.ts'
import { faded, type ChartTheme } from './theme.ts'

/** What stands around and behind the lines of a chart. */
export interface Surroundings {
  readonly drawing: Drawing
  readonly marks: readonly ChartMark[]
  readonly frame: Frame
  readonly theme: ChartTheme
}

/** Draws the axes, bands and marks behind the lines, where the vector file has them too. */
export function behindLines(current: () => Surroundings | null): Plugin<'line'> {
  return {
    id: 'behind-lines',
    beforeDatasetsDraw({ ctx }) {
      const surroundings = current()
      if (!surroundings) return
      useFont(ctx, `11px ${surroundings.theme.font}`)
      for (const draw of [drawAxes, drawBands, drawMarks]) {
        ctx.save()
        draw(ctx, surroundings)
        ctx.restore()
      }
    },
  }
}

/** What each canvas calls the font that it was given last. */
const fonts = new WeakMap<CanvasRenderingContext2D, { readonly given: string; readonly known: string }>()

/** Gives a canvas its font unless it has it: each time, the styles of the whole page would be worked out anew. */
function useFont(context: CanvasRenderingContext2D, font: string): void {
  const last = fonts.get(context)
  if (last?.given === font && last.known === context.font) return
  context.font = font
  fonts.set(context, { given: font, known: context.font })
}

function drawAxes(context: CanvasRenderingContext2D, { frame, theme }: Surroundings): void {
  const { left, right, top, bottom, xTicks, yTicks } = frame
  const verticals = xTicks.map(({ value, label }) => ({ label, at: xToPixel(frame, value) }))
  const horizontals = yTicks.map(({ value, label }) => ({ label, at: yToPixel(frame, value) }))
  context.beginPath()
  for (const { at } of verticals) line(context, sharp(at), top, sharp(at), bottom)
  for (const { at } of horizontals) line(context, left, sharp(at), right, sharp(at))
  context.strokeStyle = theme.grid
  context.lineWidth = 1
  context.stroke()
  context.fillStyle = theme.muted
  context.textAlign = 'center'
  for (const { label, at } of verticals) context.fillText(label, at, bottom + 17)
  context.textAlign = 'right'
  for (const { label, at } of horizontals) context.fillText(label, left - 6, at + 4)
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
}

/** A line of one pixel that does not lie over two. */
function sharp(pixel: number): number {
  return Math.round(pixel - 0.5) + 0.5
}

function drawBands(context: CanvasRenderingContext2D, { drawing, frame, theme }: Surroundings): void {
  const { left, right, top, bottom } = frame
  context.beginPath()
  context.rect(left, top, right - left, bottom - top)
  context.clip()
  for (const { line, x, band } of drawing.lines) {
    if (!band) continue
    context.fillStyle = faded(theme.colour(line.colour), bandStrength(drawing))
    context.beginPath()
    traceBand(context, frame, x, band.low, band.high)
    context.fill()
  }
}

function drawMarks(context: CanvasRenderingContext2D, { marks, frame, theme }: Surroundings): void {
  context.strokeStyle = theme.muted
  context.fillStyle = theme.muted
  context.textBaseline = 'bottom'
  context.setLineDash([2, 3])
  for (const { mark, x, label } of placeMarks(marks, frame)) {
    context.beginPath()
    line(context, x, frame.top, x, frame.bottom)
    context.stroke()
    if (label !== null) context.fillText(mark.label, label, frame.top - 3)
  }
}
