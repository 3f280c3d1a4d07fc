import { dashesOf } from './datasets.ts'
import { layOutKeys, MARGIN, SAMPLE_WIDTH, type Key } from './keys.ts'
import type { ChartTheme } from './theme.ts'
import type { Drawn } from './useLineChart.ts'

/** A drawn chart as a picture that stands by itself: with its ground, its title and which line is which. */
export function toPng(title: string, chart: HTMLCanvasElement, { drawing, theme, ...size }: Drawn): Promise<Blob> {
  const scale = chart.width / Math.max(1, size.width)
  const width = size.width + 2 * MARGIN
  const { keys, head } = layOutKeys(
    drawing.lines.map(({ line }) => line),
    width,
  )
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = (size.height + head + MARGIN) * scale
  const context = canvas.getContext('2d')!
  context.fillStyle = theme.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(chart, MARGIN * scale, head * scale)
  context.scale(scale, scale)
  context.textBaseline = 'middle'
  context.font = `600 14px ${theme.font}`
  context.fillStyle = theme.text
  context.fillText(title, MARGIN, 18)
  for (const key of keys) drawKey(context, key, theme)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  )
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
