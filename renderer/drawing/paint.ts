import { DIGIT_SIDE } from '#shared/contract/methods.ts'
import { PAD_SIDE, type Drawing, type Stamp, type Stroke } from './drawing.ts'

/** Paints the whole drawing onto an empty canvas of any size. Paper stays transparent, so alpha is ink. */
export function paintDrawing(context: CanvasRenderingContext2D, drawing: Drawing, colour: string): void {
  const { canvas } = context
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.scale(canvas.width / PAD_SIDE, canvas.height / PAD_SIDE)
  context.fillStyle = colour
  context.strokeStyle = colour
  for (const mark of drawing.visible) {
    if (mark.kind === 'stamp') paintStamp(context, mark)
    else paintStroke(context, mark)
  }
}

/** Paints a stroke from point `from` on, with round caps and joins; a single point is a dot. */
export function paintStroke(context: CanvasRenderingContext2D, stroke: Stroke, from = 0): void {
  const points = stroke.points.slice(Math.max(0, from - 1))
  const [first, ...rest] = points
  if (!first) return
  context.globalCompositeOperation = stroke.erases ? 'destination-out' : 'source-over'
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = stroke.width
  context.beginPath()
  context.moveTo(first.x, first.y)
  for (const point of rest.length > 0 ? rest : [first]) context.lineTo(point.x, point.y)
  context.stroke()
  context.globalCompositeOperation = 'source-over'
}

function paintStamp(context: CanvasRenderingContext2D, { pixels }: Stamp): void {
  // Scaled as one image: single squares would leave hairlines between them at sizes that 28 does not divide.
  const image = document.createElement('canvas')
  image.width = DIGIT_SIDE
  image.height = DIGIT_SIDE
  paintPixels(image.getContext('2d')!, pixels, context.fillStyle)
  context.imageSmoothingEnabled = false
  context.drawImage(image, 0, 0, PAD_SIDE, PAD_SIDE)
}

/** Paints a digit's 28×28 pixels onto an empty canvas of that size. Paper stays transparent. */
export function paintPixels(
  context: CanvasRenderingContext2D,
  pixels: Uint8Array,
  colour: CanvasRenderingContext2D['fillStyle'],
): void {
  const image = new ImageData(DIGIT_SIDE, DIGIT_SIDE)
  for (let index = 0; index < pixels.length; index++) image.data[4 * index + 3] = pixels[index]!
  context.putImageData(image, 0, 0)
  // The colour goes where the ink is, in one stroke for all pixels.
  context.globalCompositeOperation = 'source-in'
  context.fillStyle = colour
  context.fillRect(0, 0, DIGIT_SIDE, DIGIT_SIDE)
  context.globalCompositeOperation = 'source-over'
}

/** The ink on a canvas painted by `paintDrawing`, 0 paper to 255 ink. */
export function inkOf(context: CanvasRenderingContext2D): Uint8Array {
  const { width, height } = context.canvas
  const { data } = context.getImageData(0, 0, width, height)
  return Uint8Array.from({ length: width * height }, (_, index) => data[4 * index + 3]!)
}
