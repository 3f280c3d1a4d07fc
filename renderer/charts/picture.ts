import type { ChartLine } from './line.ts'
import type { ChartTheme } from './theme.ts'

const MARGIN = 16
const HEAD = 56

/** A drawn chart as a picture that stands by itself: with its ground, its title and which line is which. */
export function pictureOf(
  chart: HTMLCanvasElement,
  title: string,
  lines: readonly ChartLine[],
  theme: ChartTheme,
): Promise<Blob> {
  const scale = chart.width / Math.max(1, chart.clientWidth)
  const canvas = document.createElement('canvas')
  canvas.width = chart.width + 2 * MARGIN * scale
  canvas.height = chart.height + (HEAD + MARGIN) * scale
  const context = canvas.getContext('2d')!
  context.fillStyle = theme.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(chart, MARGIN * scale, HEAD * scale)
  context.scale(scale, scale)
  context.textBaseline = 'middle'
  context.font = `600 14px ${theme.font}`
  context.fillStyle = theme.text
  context.fillText(title, MARGIN, 18)
  drawKeys(context, lines, theme)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  )
}

function drawKeys(context: CanvasRenderingContext2D, lines: readonly ChartLine[], theme: ChartTheme): void {
  context.font = `12px ${theme.font}`
  context.lineWidth = 2
  let left = MARGIN
  for (const line of lines) {
    context.strokeStyle = theme.colour(line.colour)
    context.setLineDash(line.dashed ? [5, 4] : [])
    context.beginPath()
    context.moveTo(left, 40)
    context.lineTo(left + 20, 40)
    context.stroke()
    context.fillStyle = theme.muted
    context.fillText(line.label, left + 26, 40)
    left += 26 + context.measureText(line.label).width + 16
  }
}
