import type { Chart, Plugin } from 'chart.js'
import { bandStrength } from './datasets.ts'
import type { Drawing } from './drawing.ts'
import type { Frame } from './frame.ts'
import type { ChartMark } from './line.ts'
import { placeMarks } from './marks.ts'
import { bandPath } from './paths.ts'
import { faded, type ChartTheme } from './theme.ts'

/** What stands behind the lines of a chart. */
export interface Behind {
  readonly drawing: Drawing
  readonly marks: readonly ChartMark[]
  readonly frame: Frame
  readonly theme: ChartTheme
}

/** Draws the bands and marks behind the lines with the same paths that the vector file has. */
export function behindLines(current: (chart: Chart) => Behind | null): Plugin<'line'> {
  return {
    id: 'behind-lines',
    beforeDatasetsDraw(chart) {
      const { ctx } = chart
      const behind = current(chart)
      if (!behind) return
      ctx.save()
      drawBands(ctx, behind)
      drawMarks(ctx, behind)
      ctx.restore()
    },
  }
}

function drawBands(context: CanvasRenderingContext2D, { drawing, frame, theme }: Behind): void {
  const { left, right, top, bottom } = frame
  context.save()
  context.beginPath()
  context.rect(left, top, right - left, bottom - top)
  context.clip()
  for (const { line, x, band } of drawing.lines) {
    if (!band) continue
    context.fillStyle = faded(theme.colour(line.colour), bandStrength(drawing))
    context.fill(new Path2D(bandPath(frame, x, band.low, band.high)))
  }
  context.restore()
}

function drawMarks(context: CanvasRenderingContext2D, { marks, frame, theme }: Behind): void {
  context.strokeStyle = theme.muted
  context.fillStyle = theme.muted
  context.font = `11px ${theme.font}`
  context.textBaseline = 'bottom'
  context.setLineDash([2, 3])
  for (const { mark, x, label } of placeMarks(marks, frame)) {
    context.beginPath()
    context.moveTo(x, frame.top)
    context.lineTo(x, frame.bottom)
    context.stroke()
    if (label !== null) context.fillText(mark.label, label, frame.top - 3)
  }
}
