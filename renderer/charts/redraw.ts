import { takeTurn } from './turns.ts'

/**
 * Draws at most once a frame, however often it is asked, and not at all while nobody can see the element; what was
 * asked for meanwhile is drawn once when it comes back into sight.
 */
export class Redraw {
  private giveUp: (() => void) | null = null
  private isWanted = false
  private isVisible = true
  private readonly observer: IntersectionObserver
  private readonly draw: () => void

  constructor(element: Element, draw: () => void) {
    this.draw = draw
    this.observer = new IntersectionObserver((entries) => {
      this.isVisible = entries.at(-1)?.isIntersecting ?? true
      this.schedule()
    })
    this.observer.observe(element)
  }

  /** Asks for a drawing in the next frame. */
  request(): void {
    this.isWanted = true
    this.schedule()
  }

  dispose(): void {
    this.observer.disconnect()
    this.giveUp?.()
    this.giveUp = null
    this.isWanted = false
  }

  private schedule(): void {
    // A page in the background gets no animation frames, so only the element's own visibility needs watching.
    if (!this.isWanted || !this.isVisible || this.giveUp) return
    this.giveUp = takeTurn(() => {
      this.giveUp = null
      if (!this.isWanted || !this.isVisible) return
      this.isWanted = false
      this.draw()
    })
  }
}
