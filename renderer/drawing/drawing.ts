/** Side of the pad in its own units, whatever its size on the screen. */
export const PAD_SIDE = 280

export interface PadPoint {
  readonly x: number
  readonly y: number
}

/** One movement of the pen or the eraser. */
export interface Stroke {
  readonly kind: 'stroke'
  readonly points: PadPoint[]
  readonly width: number
  readonly erases: boolean
}

/** An image of the dataset, laid on the pad in place of what was there. */
export interface Stamp {
  readonly kind: 'stamp'
  /** 28×28, 0 paper to 255 ink. */
  readonly pixels: Uint8Array<ArrayBuffer>
  readonly index: number
  readonly label: number
  readonly dataset: string
}

export type Mark = Stroke | Stamp | { readonly kind: 'clear' }

/** Everything done on the pad, so that it can be undone one mark at a time, clearing included. */
export class Drawing {
  private readonly marks: Mark[] = []

  get canUndo(): boolean {
    return this.marks.length > 0
  }

  /** What is to be seen: the marks since the pad was last cleared or stamped. */
  get visible(): readonly Exclude<Mark, { kind: 'clear' }>[] {
    const start = this.marks.findLastIndex(({ kind }) => kind !== 'stroke')
    return this.marks.slice(Math.max(0, start)).filter((mark) => mark.kind !== 'clear')
  }

  /** The image of the dataset that lies on the pad untouched; `null` once something was drawn on it. */
  get untouchedStamp(): Stamp | null {
    const last = this.marks.at(-1)
    return last?.kind === 'stamp' ? last : null
  }

  add(mark: Mark): void {
    // Clearing an empty pad is nothing to undo.
    if (mark.kind === 'clear' && this.visible.length === 0) return
    this.marks.push(mark)
  }

  undo(): void {
    this.marks.pop()
  }
}
