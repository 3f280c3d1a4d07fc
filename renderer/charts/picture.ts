import { Chart } from 'chart.js'
import { dashesOf, datasetsOf } from './datasets.ts'
import { layOutKeys, MARGIN, placeAxisName, SAMPLE_WIDTH, type Caption, type Key } from './keys.ts'
import type { ChartMark } from './line.ts'
import { optionsFor } from './options.ts'
import { behindLines } from './surroundings.ts'
import type { ChartTheme } from './theme.ts'
import type { Drawn } from './useLineChart.ts'

/** Pixels of a picture for each of the page's, at least: those of many screens are too few for paper. */
const LEAST_SCALE = 2

/** A drawn chart as a picture that stands by itself: with its ground, its title and which line is which. */
export function toPng({ title, axis }: Caption, drawn: Drawn, marks: readonly ChartMark[]): Promise<Blob> {
  const { drawing, frame, theme } = drawn
  const scale = Math.max(LEAST_SCALE, window.devicePixelRatio)
  const width = drawn.width + 2 * MARGIN
  const { keys, head } = layOutKeys(
    drawing.lines.map(({ line }) => line),
    width,
  )
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round((drawn.height + head + MARGIN) * scale)
  const context = canvas.getContext('2d')!
  context.fillStyle = theme.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  const { chart, dispose } = drawAgain(drawn, marks, scale)
  context.drawImage(chart, Math.round(MARGIN * scale), Math.round(head * scale))
  dispose()
  context.scale(scale, scale)
  context.fillStyle = theme.muted
  context.font = `11px ${theme.font}`
  context.textAlign = 'center'
  const name = placeAxisName(frame, head, drawn.height)
  context.fillText(axis, name.x, name.y)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.font = `600 14px ${theme.font}`
  context.fillStyle = theme.text
  context.fillText(title, MARGIN, 18)
  for (const key of keys) drawKey(context, key, theme)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  )
}

/** The chart on a canvas of its own, as on the page but of more pixels. */
function drawAgain(
  { drawing, frame, theme, width, height }: Drawn,
  marks: readonly ChartMark[],
  scale: number,
): { chart: HTMLCanvasElement; dispose: () => void } {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: datasetsOf(drawing.lines, frame.x, theme) },
    options: { ...optionsFor(frame, { width, height }), responsive: false, devicePixelRatio: scale },
    plugins: [behindLines(() => ({ drawing, marks, frame, theme }))],
  })
  return { chart: canvas, dispose: () => chart.destroy() }
}

function drawKey(context: CanvasRenderingContext2D, { line, left, text, middle }: Key, theme: ChartTheme): void {
  context.font = `12px ${theme.font}`
  context.lineWidth = 2
  context.strokeStyle = theme.colour(line.colour)
  context.setLineDash(dashesOf(line))
  context.beginPath()
  context.moveTo(left, middle)
  context.lineTo(left + SAMPLE_WIDTH, middle)
  context.stroke()
  context.fillStyle = theme.muted
  context.fillText(line.label, text, middle)
}
