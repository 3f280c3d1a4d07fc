import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { constants, deflateSync, inflateSync } from 'node:zlib'
import { SnapshotArchive, type FoundPart } from '#shared/snapshots/archive.ts'
import { DELTAS } from '#shared/snapshots/coding.ts'
import { crc32 } from '#shared/snapshots/crc.ts'
import {
  SNAPSHOT_FILE,
  type FrameHead,
  type LayerMeasures,
  type PartKind,
  type SnapshotHeader,
  type SnapshotPart,
} from '#shared/snapshots/format.ts'
import { encodeRecord } from '#shared/snapshots/record.ts'

/** A frame as it is given to the file. */
export interface Frame {
  readonly step: number
  readonly measures: readonly LayerMeasures[]
  readonly parts: readonly FramePart[]
}

export interface FramePart {
  readonly layer: number
  readonly kind: PartKind
  readonly range: number
  readonly bytes: Uint8Array
}

/** So many deltas may follow each other: reading any frame takes no longer than the chain it hangs on. */
const LONGEST_CHAIN = 16

/**
 * Changes of weights are noise among runs of zeros: no stretch of them comes again. Looking for runs alone is twice as
 * fast as looking for any match, and the file of the binary LeNet is a tenth smaller.
 */
const DEFLATE = { level: 1, strategy: constants.Z_RLE }

/** What the file was before its last frame. */
interface Before {
  readonly size: number
  readonly lastStep: number
  readonly chains: ReadonlyMap<string, Chain>
}

interface Chain {
  readonly length: number
  readonly last: Pick<FoundPart, 'range' | 'bytes'>
}

/**
 * A run's file of snapshots, open for writing. format.ts describes it. It writes at once, so that one frame cannot
 * overtake another: a megabyte takes a fraction of a training step.
 */
export class SnapshotFile {
  readonly #descriptor: number
  #chains = new Map<string, Chain>()
  #before: Before | null = null
  #size: number
  #lastStep: number

  private constructor(descriptor: number, size: number, lastStep: number) {
    this.#descriptor = descriptor
    this.#size = size
    this.#lastStep = lastStep
  }

  /** A new file, in the place of what may be there. */
  static create(folder: string, header: SnapshotHeader): SnapshotFile {
    mkdirSync(folder, { recursive: true })
    const descriptor = openSync(join(folder, SNAPSHOT_FILE), 'w')
    const record = encodeRecord(header, [])
    writeWhole(descriptor, record, 0)
    return new SnapshotFile(descriptor, record.length, -1)
  }

  /**
   * The file of a run that goes on after `step`: what was recorded after it is cut off. Whatever follows begins anew,
   * without reference to what is there.
   *
   * @returns null where there is none that belongs to this header, or none that can be read.
   */
  static resume(
    folder: string,
    header: SnapshotHeader,
    step: number,
  ): { file: SnapshotFile; archive: SnapshotArchive } | null {
    const path = join(folder, SNAPSHOT_FILE)
    const archive = readArchive(path)
    if (!archive || JSON.stringify(archive.header) !== JSON.stringify(header)) return null
    const kept = archive.frames.findLast(({ head }) => head.step <= step)
    if (!kept) return null
    truncateSync(path, kept.end)
    return { file: new SnapshotFile(openSync(path, 'r+'), kept.end, kept.head.step), archive }
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size
  }

  /** Step of the last frame, -1 before the first. */
  get lastStep(): number {
    return this.#lastStep
  }

  /**
   * Writes a frame with as many of its parts, in their order, as `limit` bytes of the whole file leave room for.
   *
   * @returns false when there is no room for a frame without parts either; it is then left out.
   */
  append({ step, measures, parts: given }: Frame, limit: number): boolean {
    const parts: SnapshotPart[] = []
    const bodies: Uint8Array[] = []
    const head = (): FrameHead => ({ step, measures: [...measures], parts })
    let room = limit - this.#size - encodeRecord(head(), []).length
    if (room < 0) return false
    this.#before = { size: this.#size, lastStep: this.#lastStep, chains: new Map(this.#chains) }
    for (const part of given) {
      const { coded, body, chain } = this.#encode(part)
      room -= body.length + JSON.stringify(coded).length + 1
      if (room < 0) break
      parts.push(coded)
      bodies.push(body)
      this.#chains.set(chainKey(part), chain)
    }
    const record = encodeRecord(head(), bodies)
    writeWhole(this.#descriptor, record, this.#size)
    this.#size += record.length
    this.#lastStep = step
    return true
  }

  /** Makes the frame that was appended last as if it had never been, so that another can take its place. */
  takeBack(): void {
    if (!this.#before) return
    const { size, lastStep, chains } = this.#before
    ftruncateSync(this.#descriptor, size)
    this.#size = size
    this.#lastStep = lastStep
    this.#chains = new Map(chains)
    this.#before = null
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #encode(part: FramePart): { coded: SnapshotPart; body: Uint8Array; chain: Chain } {
    const { layer, kind, range, bytes } = part
    const before = this.#chains.get(chainKey(part))
    const follows = before && before.length < LONGEST_CHAIN && (kind !== 'latents' || before.last.range === range)
    const body = deflateSync(follows ? DELTAS[kind].of(bytes, before.last.bytes) : bytes, DEFLATE)
    return {
      coded: { layer, kind, coding: follows ? 'delta' : 'key', bytes: body.length, crc: crc32(body), range },
      body,
      chain: { length: follows ? before.length + 1 : 1, last: { range, bytes } },
    }
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, position + at)
}

function chainKey({ layer, kind }: Pick<FramePart, 'layer' | 'kind'>): string {
  return `${layer} ${kind}`
}

function readArchive(path: string): SnapshotArchive | null {
  try {
    const bytes = readFileSync(path)
    const read = (at: number, length: number) => bytes.subarray(at, at + length)
    return new SnapshotArchive({ size: bytes.length, read }, inflateSync)
  } catch {
    // Missing or damaged: the run records from here on.
    return null
  }
}
