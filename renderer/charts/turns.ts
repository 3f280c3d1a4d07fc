/** Milliseconds of a frame that drawings may take before the rest of them waits for the next. */
const BUDGET_MS = 8

/** Asks for a turn; returns the way to give it up. */
type Ask = (work: () => void) => () => void

/**
 * Draws in the next frame, or in one of those after it while the drawings before this one take too long together: ten
 * charts that open at once appear one after another and hold nothing up.
 */
export const takeTurn = turns(BUDGET_MS)

/** The same for what changes the page, whose work is done after the turn is over: each has a frame of its own. */
export const takeFrame = turns(0)

function turns(budgetMs: number): Ask {
  const waiting = new Set<() => void>()
  let frame = 0

  function workOff(): void {
    frame = 0
    const began = performance.now()
    // A copy: who asks for a turn while working gets one of the next frame.
    for (const turn of [...waiting]) {
      if (!waiting.delete(turn)) continue
      try {
        turn()
      } catch (error) {
        // One chart that cannot be drawn must not take the others along.
        reportError(error)
      }
      if (performance.now() - began >= budgetMs) break
    }
    if (waiting.size > 0) frame ||= requestAnimationFrame(workOff)
  }

  return (work) => {
    // A turn of its own for each call, also where the same function is waiting already.
    const turn = () => work()
    waiting.add(turn)
    frame ||= requestAnimationFrame(workOff)
    return () => {
      waiting.delete(turn)
      if (waiting.size > 0) return
      cancelAnimationFrame(frame)
      frame = 0
    }
  }
}
