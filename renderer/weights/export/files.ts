import { formatCount } from '../../format/numbers.ts'
import type { Pixels } from '../paint.ts'
import { chooseSteps, paintedFrames, type ExportedFrames } from './frames.ts'
import { GifWriter } from './gif.ts'

/** Moments of a run that still fit side by side. */
const STRIP_FRAMES = 8
const MARGIN = 16
const CAPTION = 24

export interface StripStyle {
  readonly ground: string
  readonly text: string
  readonly font: string
}

/** The run as an animated GIF. */
export async function toGif(frames: ExportedFrames, framesPerSecond: number): Promise<Blob> {
  let gif: GifWriter | null = null
  for await (const { pixels } of paintedFrames(frames)) {
    gif ??= new GifWriter(pixels.width, pixels.height, framesPerSecond)
    gif.add(pixels)
    await breathe()
  }
  if (!gif) throw new Error('There is no frame to save.')
  return gif.finish()
}

/** Some moments of the run side by side, each above its step. */
export async function toStrip(frames: ExportedFrames, style: StripStyle): Promise<Blob> {
  const steps = chooseSteps(frames.steps, STRIP_FRAMES)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')!
  let index = 0
  for await (const { step, pixels } of paintedFrames({ ...frames, steps })) {
    if (index === 0) {
      canvas.width = MARGIN + steps.length * (pixels.width + MARGIN)
      canvas.height = pixels.height + 2 * MARGIN + CAPTION
      context.fillStyle = style.ground
      context.fillRect(0, 0, canvas.width, canvas.height)
      context.fillStyle = style.text
      context.font = `13px ${style.font}`
      context.textAlign = 'center'
    }
    const left = MARGIN + index * (pixels.width + MARGIN)
    context.putImageData(imageOf(pixels), left, MARGIN)
    context.fillText(`step ${formatCount(step)}`, left + pixels.width / 2, MARGIN + pixels.height + CAPTION - 4)
    index += 1
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  )
}

const VIDEO_TYPE = 'video/webm'

/** Whether this window can record a film. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(VIDEO_TYPE)
}

/** The run as a film. It is recorded while it plays, so it takes as long as it lasts. */
export async function toFilm(frames: ExportedFrames, framesPerSecond: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')!
  let recorder: MediaRecorder | null = null
  const parts: Blob[] = []
  /** When the next frame is due: painting one takes its own time out of the wait, or the film would run slow. */
  let dueAt = 0
  for await (const { pixels } of paintedFrames(frames)) {
    if (!recorder) {
      canvas.width = pixels.width
      canvas.height = pixels.height
      recorder = new MediaRecorder(canvas.captureStream(framesPerSecond), { mimeType: VIDEO_TYPE })
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      recorder.start()
      dueAt = performance.now()
    }
    context.putImageData(imageOf(pixels), 0, 0)
    dueAt += 1000 / framesPerSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())))
  }
  if (!recorder) throw new Error('There is no frame to save.')
  const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve))
  recorder.stop()
  await ended
  for (const track of recorder.stream.getTracks()) track.stop()
  return new Blob(parts, { type: VIDEO_TYPE })
}

function imageOf({ data, width, height }: Pixels): ImageData {
  return new ImageData(data, width, height)
}

/** Lets the window answer between two frames. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
