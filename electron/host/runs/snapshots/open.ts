import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { SnapshotArchive, type FoundPart } from '#shared/snapshots/archive.ts'
import type { PartKind } from '#shared/snapshots/format.ts'

/** Files of snapshots that stay open to questions; each has its heads and a few parts in memory. */
const KEPT = 4

interface Opened {
  readonly archive: SnapshotArchive
  readonly version: string
  /** The part answered last, by layer and kind: the next frame is one delta away from it. */
  readonly parts: Map<string, FoundPart>
}

/** The snapshots of runs, read anew when their file has changed. */
export class SnapshotFiles {
  private readonly opened = new Map<string, Opened>()

  /**
   * @param path of a file of snapshots.
   * @returns null where there is none.
   * @throws SignumError `file_unreadable` where it is damaged from its beginning.
   */
  archive(path: string): SnapshotArchive | null {
    return this.open(path)?.archive ?? null
  }

  /** A layer's newest part of a kind up to a step; see `SnapshotArchive.find`. */
  find(path: string, layer: number, kind: PartKind, step: number): FoundPart | null {
    const opened = this.open(path)
    if (!opened) return null
    const key = `${layer} ${kind}`
    const found = opened.archive.find(layer, kind, step, opened.parts.get(key))
    if (found) opened.parts.set(key, found)
    return found
  }

  private open(path: string): Opened | null {
    const version = versionOf(path)
    const known = this.opened.get(path)
    this.opened.delete(path)
    if (version === null) return null
    const opened = known?.version === version ? known : { archive: readArchive(path), version, parts: new Map() }
    this.opened.set(path, opened)
    const [oldest] = this.opened.keys()
    if (this.opened.size > KEPT && oldest !== undefined) this.opened.delete(oldest)
    return opened
  }
}

/** Changes whenever the file does. */
function versionOf(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false })
  return file ? `${file.ino} ${file.size} ${file.mtimeMs}` : null
}

function readArchive(path: string): SnapshotArchive {
  const read = (at: number, bytes: number) => readAt(path, at, bytes)
  return new SnapshotArchive({ size: statSync(path).size, read }, inflateSync)
}

/** Opened for each read: a file that is held open cannot be deleted on Windows. */
function readAt(path: string, at: number, bytes: number): Uint8Array {
  const descriptor = openSync(path, 'r')
  try {
    const buffer = new Uint8Array(bytes)
    return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, at))
  } finally {
    closeSync(descriptor)
  }
}
