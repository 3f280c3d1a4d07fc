export interface Point {
  readonly x: number
  readonly y: number
}

export interface PointerActions {
  /** The pointer has moved far enough to mean a drag. */
  begin(): void
  move(point: Point): void
  drop(): void
  /** Esc, another window, or the system has taken the pointer. */
  cancel(): void
}

/** A hand that only clicks moves less than this. */
const THRESHOLD_PIXELS = 5

/**
 * Follows one pressed pointer until it is let go; a press without a drag stays a click.
 *
 * @returns the way to stop early, without calling anything.
 */
export function followPointer(pressed: PointerEvent, actions: PointerActions): () => void {
  let isDragging = false
  const listening = new AbortController()
  const listen = <Name extends keyof WindowEventMap>(name: Name, listener: (event: WindowEventMap[Name]) => void) =>
    window.addEventListener(name, listener, { signal: listening.signal, capture: true })
  const isOurs = (event: PointerEvent) => event.pointerId === pressed.pointerId

  function end(how: 'drop' | 'cancel'): void {
    listening.abort()
    if (!isDragging) return
    delete document.documentElement.dataset['dragging']
    swallowClick()
    actions[how]()
  }

  listen('pointermove', (event) => {
    if (!isOurs(event)) return
    const far = Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) >= THRESHOLD_PIXELS
    if (!isDragging && !far) return
    if (!isDragging) {
      isDragging = true
      // A style of its own: the cursor, and no text selected on the way.
      document.documentElement.dataset['dragging'] = ''
      actions.begin()
    }
    actions.move({ x: event.clientX, y: event.clientY })
  })
  listen('pointerup', (event) => isOurs(event) && end('drop'))
  listen('pointercancel', (event) => isOurs(event) && end('cancel'))
  listen('blur', (event) => event.target === window && end('cancel'))
  listen('keydown', (event) => {
    if (event.key !== 'Escape' || !isDragging) return
    event.preventDefault()
    event.stopPropagation()
    end('cancel')
  })
  return () => {
    listening.abort()
    delete document.documentElement.dataset['dragging']
  }
}

/** The click that ends a drag chooses nothing. It comes, if at all, before the next task. */
function swallowClick(): void {
  const stop = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }))
}
