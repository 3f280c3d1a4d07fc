/** Frames a second that can be chosen. */
export const SPEEDS = { least: 1, most: 30, usual: 12 } as const

/**
 * Where a player stands in its frames and when it moves on. Time is given to it, so it plays the same on a slow screen
 * and a fast one: at most one frame at a call, and none before its time.
 */
export class Playhead {
  framesPerSecond: number = SPEEDS.usual
  #movedAt = 0

  /** Begins to play at this time. */
  start(now: number): void {
    this.#movedAt = now
  }

  /**
   * The frame to show at this time.
   *
   * @param index shown now.
   * @param count of frames.
   * @returns null when the last frame has been shown for its time.
   */
  next(now: number, index: number, count: number): number | null {
    const interval = 1000 / this.framesPerSecond
    // Half a screen's frame early is nearer than half a frame late.
    if (now - this.#movedAt < interval - 8) return index
    if (index + 1 >= count) return null
    // Lost time is not made up for: frames that nobody saw would be skipped.
    this.#movedAt = now
    return index + 1
  }
}
