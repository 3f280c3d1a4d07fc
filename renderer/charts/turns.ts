/** Milliseconds of a frame that drawings may take before the rest of them waits for the next. */
const BUDGET_MS = 8

const waiting = new Set<() => void>()
let frame = 0

/**
 * Draws in the next frame, or in one of those after it while the drawings before this one take too long together: ten
 * charts that open at once appear one after another and hold nothing up.
 *
 * @returns the way to give the turn up.
 */
export function takeTurn(draw: () => void): () => void {
  // A turn of its own for each call, also where the same function is waiting already.
  const turn = () => draw()
  waiting.add(turn)
  frame ||= requestAnimationFrame(drawWaiting)
  return () => {
    waiting.delete(turn)
    if (waiting.size > 0) return
    cancelAnimationFrame(frame)
    frame = 0
  }
}

function drawWaiting(): void {
  frame = 0
  const began = performance.now()
  // A copy: who asks for a turn while drawing gets one of the next frame.
  for (const turn of [...waiting]) {
    if (!waiting.delete(turn)) continue
    try {
      turn()
    } catch (error) {
      // One chart that cannot be drawn must not take the others along.
      reportError(error)
    }
    if (performance.now() - began > BUDGET_MS) break
  }
  if (waiting.size > 0) frame ||= requestAnimationFrame(drawWaiting)
}
