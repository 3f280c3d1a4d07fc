import { SignumError } from '../contract/errors.ts'
import { wordsFor, WORD_BITS } from '../bits/layout.ts'
import { DELTAS } from './coding.ts'
import { crc32 } from './crc.ts'
import {
  frameHeadSchema,
  headerSchema,
  SNAPSHOT_SCHEMA,
  weightsOf,
  type FrameHead,
  type PartKind,
  type SnapshotHeader,
  type SnapshotPart,
} from './format.ts'
import { decodeHead, placeOf, PREFIX_BYTES } from './record.ts'

/** The bytes of a file, wherever they lie. */
export interface SnapshotSource {
  readonly size: number
  read(at: number, bytes: number): Uint8Array
}

export interface ArchivedFrame {
  readonly head: FrameHead
  readonly bodyAt: number
  /** First byte after the frame. */
  readonly end: number
}

/** What one layer was after one step. */
export interface FoundPart {
  readonly step: number
  readonly range: number
  /** As format.ts says of the kind. */
  readonly bytes: Uint8Array
}

/**
 * A file of snapshots, open for reading: the heads of all frames at once, the parts when asked for. Bytes at its end
 * that are no whole frame are not there.
 */
export class SnapshotArchive {
  readonly header: SnapshotHeader
  readonly frames: readonly ArchivedFrame[]
  readonly #source: SnapshotSource
  readonly #inflate: (deflated: Uint8Array) => Uint8Array

  /** @throws SignumError `file_unreadable` where the header is missing, damaged, or of a newer version. */
  constructor(source: SnapshotSource, inflate: (deflated: Uint8Array) => Uint8Array) {
    this.#source = source
    this.#inflate = inflate
    const first = readRecord(source, 0)
    this.header = parseHeader(first?.head)
    this.frames = [...readFrames(source, first!.end, this.header.layers.length)]
  }

  /** Indexes into `frames` of those that hold parts of this kind for a layer. */
  framesWith(layer: number, kind: PartKind): number[] {
    return this.frames.flatMap(({ head }, index) => (findPart(head, layer, kind) ? [index] : []))
  }

  /**
   * A layer's newest part of a kind among the frames up to `step`, or null where there is none.
   *
   * @param known an earlier answer for the same layer and kind, from which the way may be shorter.
   * @throws SignumError `file_unreadable` where its bytes are not those that were written.
   */
  find(layer: number, kind: PartKind, step: number, known: FoundPart | null = null): FoundPart | null {
    const chain: { frame: ArchivedFrame; part: SnapshotPart }[] = []
    let found: FoundPart | null = null
    for (const frame of this.frames.toReversed()) {
      const part = frame.head.step <= step && findPart(frame.head, layer, kind)
      if (!part) continue
      if (known?.step === frame.head.step) {
        found = known
        break
      }
      chain.push({ frame, part })
      if (part.coding === 'key') break
    }
    for (const { frame, part } of chain.toReversed()) {
      const bytes = this.#read(frame, part)
      found = {
        step: frame.head.step,
        range: part.range,
        bytes: part.coding === 'key' || !found ? bytes : DELTAS[kind].undo(bytes, found.bytes),
      }
    }
    return found
  }

  #read({ head, bodyAt }: ArchivedFrame, part: SnapshotPart): Uint8Array {
    const before = head.parts.slice(0, head.parts.indexOf(part)).reduce((sum, { bytes }) => sum + bytes, 0)
    const deflated = this.#source.read(bodyAt + before, part.bytes)
    if (crc32(deflated) !== part.crc) throw damaged(`step ${head.step} has other bytes than were written`)
    // Node inflates into Buffers, which are Uint8Arrays with other habits.
    const { buffer, byteOffset, byteLength } = this.#inflate(deflated)
    const bytes = new Uint8Array(buffer, byteOffset, byteLength)
    const expected = partBytes(weightsOf(this.header.layers[part.layer]!), part.kind)
    if (bytes.length !== expected) {
      throw damaged(`step ${head.step} has ${bytes.length} bytes of ${part.kind}, not ${expected}`)
    }
    return bytes
  }
}

/** Bytes of an inflated part for so many weights. */
export function partBytes(weights: number, kind: PartKind): number {
  if (kind === 'signs') return (wordsFor(weights) * WORD_BITS) / 8
  return kind === 'flips' ? 2 * weights : weights
}

function findPart({ parts }: FrameHead, layer: number, kind: PartKind): SnapshotPart | undefined {
  return parts.find((part) => part.layer === layer && part.kind === kind)
}

function parseHeader(head: unknown): SnapshotHeader {
  const parsed = headerSchema.safeParse(head)
  if (parsed.success) return parsed.data
  const { schema } = (head ?? {}) as { schema?: unknown }
  if (typeof schema === 'number' && schema > SNAPSHOT_SCHEMA) {
    throw new SignumError(
      'file_unreadable',
      `The snapshots were written by a newer version of Signum (schema ${schema}). Update Signum to open them.`,
    )
  }
  throw damaged('its beginning is not that of a file of snapshots')
}

function* readFrames(source: SnapshotSource, from: number, layers: number): Iterable<ArchivedFrame> {
  let at = from
  let last = -1
  for (;;) {
    const record = readRecord(source, at)
    const head = frameHeadSchema.safeParse(record?.head)
    if (!record || !head.success || head.data.measures.length !== layers || head.data.step <= last) return
    yield { head: head.data, bodyAt: record.bodyAt, end: record.end }
    last = head.data.step
    at = record.end
  }
}

function readRecord(source: SnapshotSource, at: number) {
  if (at + PREFIX_BYTES > source.size) return null
  const place = placeOf(source.read(at, PREFIX_BYTES), at)
  if (!place || place.end > source.size) return null
  const head = decodeHead(source.read(place.headAt, place.headBytes), place)
  return head === null ? null : { head, bodyAt: place.bodyAt, end: place.end }
}

function damaged(what: string): SignumError {
  return new SignumError('file_unreadable', `The snapshots of the weights are damaged: ${what}. Train the run again.`)
}
