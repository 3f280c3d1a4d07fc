import { useElementSize, useEventListener } from '@vueuse/core'
import { onMounted, onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { normalizeDigit } from '#shared/digits/normalize.ts'
import { onThemeChange } from '../../charts/theme.ts'
import { Drawing, PAD_SIDE, type Stamp, type Stroke } from '../../drawing/drawing.ts'
import { inkOf, paintDrawing, paintStroke } from '../../drawing/paint.ts'

interface PadOptions {
  readonly canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>
  /** In units of the pad. */
  readonly penWidth: Ref<number>
  readonly erases: Ref<boolean>
  /** Called at most once a frame with the digit as MNIST would hold it, `null` for an empty pad. */
  readonly onDigit: (digit: Uint8Array<ArrayBuffer> | null) => void
}

/**
 * The pad: what is drawn on the screen's canvas is drawn on a hidden one of 280×280 as well, and that is what gets
 * normalised, so that the size of the window does not change the answer.
 */
export function usePad({ canvas, penWidth, erases, onDigit }: PadOptions) {
  const drawing = new Drawing()
  const ink = document.createElement('canvas')
  ink.width = PAD_SIDE
  ink.height = PAD_SIDE
  const inkContext = ink.getContext('2d', { willReadFrequently: true })!
  const canUndo = ref(false)
  const stamp = shallowRef<Stamp | null>(null)
  const isEmpty = ref(true)
  let stroke: Stroke | null = null
  let frame = 0

  const screenContext = () => canvas.value!.getContext('2d')!
  const inkColour = () => getComputedStyle(canvas.value!).color

  function repaint(): void {
    if (!canvas.value) return
    paintDrawing(screenContext(), drawing, inkColour())
    paintDrawing(inkContext, drawing, '#000')
    changed()
  }

  function changed(): void {
    canUndo.value = drawing.canUndo
    stamp.value = drawing.untouchedStamp
    frame ||= requestAnimationFrame(() => {
      frame = 0
      // An image of the dataset has been normalised already.
      const digit = stamp.value ? stamp.value.pixels : normalizeDigit(inkOf(inkContext), PAD_SIDE, PAD_SIDE)
      isEmpty.value = digit === null
      onDigit(digit)
    })
  }

  function pointOf({ clientX, clientY }: PointerEvent) {
    const { left, top, width, height } = canvas.value!.getBoundingClientRect()
    return { x: ((clientX - left) / width) * PAD_SIDE, y: ((clientY - top) / height) * PAD_SIDE }
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0 || stroke) return
    canvas.value!.setPointerCapture(event.pointerId)
    stroke = { kind: 'stroke', points: [pointOf(event)], width: penWidth.value, erases: erases.value }
    drawing.add(stroke)
    paintFrom(0)
  }

  function move(event: PointerEvent): void {
    if (!stroke) return
    const from = stroke.points.length
    // The system reports more movements than there are frames; all of them make the line round.
    const events = event.getCoalescedEvents?.() ?? []
    stroke.points.push(...(events.length > 0 ? events : [event]).map(pointOf))
    paintFrom(from)
  }

  function paintFrom(point: number): void {
    for (const context of [screenContext(), inkContext]) paintStroke(context, stroke!, point)
    changed()
  }

  /** Paints the finished stroke in one piece: the joints of its parts leave beads on its edge. */
  function release(): void {
    if (!stroke) return
    stroke = null
    repaint()
  }

  function undo(): void {
    stroke = null
    drawing.undo()
    repaint()
  }

  function clear(): void {
    stroke = null
    drawing.add({ kind: 'clear' })
    repaint()
  }

  function lay(image: Omit<Stamp, 'kind'>): void {
    stroke = null
    drawing.add({ kind: 'stamp', ...image })
    repaint()
  }

  const { width } = useElementSize(canvas)
  watch(width, (side) => {
    const pixels = Math.round(side * devicePixelRatio)
    if (!canvas.value || pixels === 0 || canvas.value.width === pixels) return
    canvas.value.width = pixels
    canvas.value.height = pixels
    repaint()
  })
  useEventListener(canvas, 'pointerdown', press)
  useEventListener(canvas, 'pointermove', move)
  useEventListener(canvas, ['pointerup', 'pointercancel', 'lostpointercapture'], release)
  onMounted(repaint)
  onScopeDispose(onThemeChange(repaint))
  onScopeDispose(() => cancelAnimationFrame(frame))

  return { canUndo, isEmpty, stamp, undo, clear, lay }
}
