/** A state that can be gone back or forward to, with what was done between it and its neighbour. */
export interface Step<Document> {
  /** What was done, as it follows "Undo" or "Redo": "move QConv2d". */
  readonly label: string
  readonly document: Document
  /** Edits under the same name that follow each other closely are one step; null for those that never merge. */
  readonly burst: string | null
  /** When the step was last added to, in milliseconds. */
  readonly at: number
}

/** A document with every state it had, oldest first in `past`, next first at the end of `future`. */
export interface History<Document> {
  readonly past: readonly Step<Document>[]
  readonly present: Document
  readonly future: readonly Step<Document>[]
}

export interface Edit {
  readonly label: string
  readonly burst?: string | null
  readonly at: number
}

/** Longer than the pause between two keystrokes, shorter than that between two thoughts. */
const BURST_PAUSE_MS = 1500

export function startHistory<Document>(present: Document): History<Document> {
  return { past: [], present, future: [] }
}

/**
 * The document becomes `next` in one step that can be undone; what had been undone can no longer be redone.
 * A step of a burst joins the one before it, and goes away when the burst ends where it began.
 */
export function record<Document>(
  history: History<Document>,
  next: Document,
  { label, burst = null, at }: Edit,
): History<Document> {
  if (isSame(next, history.present)) return history
  const last = history.past.at(-1)
  const joins = burst !== null && last?.burst === burst && at - last.at <= BURST_PAUSE_MS && history.future.length === 0
  if (!joins)
    return { past: [...history.past, { label, document: history.present, burst, at }], present: next, future: [] }
  const before = history.past.slice(0, -1)
  // The document that was there at first, so that nothing looks changed.
  if (isSame(next, last.document)) return { past: before, present: last.document, future: [] }
  return { past: [...before, { ...last, at }], present: next, future: [] }
}

/** One step back; at the beginning nothing changes. */
export function undo<Document>(history: History<Document>): History<Document> {
  const step = history.past.at(-1)
  if (!step) return history
  return {
    past: history.past.slice(0, -1),
    present: step.document,
    future: [...history.future, { ...step, document: history.present, burst: null }],
  }
}

/** One step forward again; at the end nothing changes. */
export function redo<Document>(history: History<Document>): History<Document> {
  const step = history.future.at(-1)
  if (!step) return history
  return {
    past: [...history.past, { ...step, document: history.present }],
    present: step.document,
    future: history.future.slice(0, -1),
  }
}

/** Documents are small plain data. NaN, which stands for a number not yet typed, differs from null here. */
export function isSame(left: unknown, right: unknown): boolean {
  return left === right || serialise(left) === serialise(right)
}

function serialise(document: unknown): string {
  return JSON.stringify(document, (_key, value: unknown) => (Number.isNaN(value) ? 'NaN' : value))
}
