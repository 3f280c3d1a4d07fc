import type { SnapshotArchive } from '#shared/snapshots/archive.ts'
import { joinBytes, splitBytes } from '#shared/snapshots/coding.ts'
import type { LayerMeasures } from '#shared/snapshots/format.ts'
import { quantize, rangeFor } from '#shared/snapshots/quantize.ts'
import type { Operations } from '../../operations/operation.ts'
import type { FramePart } from './file.ts'
import { countFlips, FlipCounter } from './flips.ts'
import { FlipSeries } from './flip-series.ts'
import { histogramOf, largestOf } from './histogram.ts'
import type { FrameContent } from './rhythm.ts'
import type { Watched } from './watched.ts'

/** What of the engine's arithmetic recording needs. */
export type RecordingOperations = Pick<Operations, 'packSigns'>

/** One watched layer while its run trains: counts flips after every step, and tells what a frame keeps of it. */
export class LayerRecorder {
  readonly #index: number
  readonly #watched: Watched
  /** Only a binary layer's signs mean something. */
  readonly #flips: FlipCounter | null
  readonly #series: FlipSeries

  /**
   * @param index of the layer in the file's header.
   * @param seriesSpan steps that one entry of the series of flips stands for.
   * @param counts flips of each weight so far, for a run that goes on.
   */
  constructor(
    index: number,
    watched: Watched,
    seriesSpan: number,
    counts: Uint16Array | null,
    operations: RecordingOperations,
  ) {
    this.#index = index
    this.#watched = watched
    const { variable, layer } = watched
    const pack = (halves: Uint32Array) => operations.packSigns(variable, halves)
    this.#flips = layer.binary ? new FlipCounter(pack, counts ?? new Uint16Array(variable.size)) : null
    this.#series = new FlipSeries(seriesSpan)
  }

  afterStep(step: number): void {
    if (this.#flips) this.#series.add(step, this.#flips.count())
  }

  /** What the frame after this step says of the layer, and what it holds of it. */
  frame(content: FrameContent): { measures: LayerMeasures; parts: FramePart[] } {
    const values = this.#values()
    const range = rangeFor(largestOf(values))
    const parts: FramePart[] = []
    const layer = this.#index
    const flips = this.#flips
    // Both are written to until the next frame, and the file compares with what it was given.
    if (flips) parts.push({ layer, kind: 'signs', range: 1, bytes: bytesOf(flips.signs.slice()) })
    if (content === 'whole') {
      parts.push({ layer, kind: 'latents', range, bytes: quantize(values, range) })
      if (flips) parts.push({ layer, kind: 'flips', range: flips.most, bytes: splitBytes(flips.counts) })
    }
    return { measures: { range, histogram: histogramOf(values, range), ...this.#series.take() }, parts }
  }

  #values(): Float32Array {
    return this.#watched.variable.dataSync() as Float32Array
  }
}

/**
 * Flips of each weight up to `step`, from what a file holds: the counts of its last whole frame, and one more for every
 * weight whose sign differs between two later frames. At a whole frame, such as a stopped run ends with, that is exact;
 * after it, flips there and back between two frames are lost.
 */
export function recoverCounts(archive: SnapshotArchive, layer: number, step: number): Uint16Array | null {
  const found = archive.find(layer, 'flips', step)
  if (!found) return null
  const counts = joinBytes(found.bytes)
  let signs = archive.find(layer, 'signs', found.step)
  for (const index of archive.framesWith(layer, 'signs')) {
    const at = archive.frames[index]!.head.step
    if (at <= found.step || at > step) continue
    const next = archive.find(layer, 'signs', at, signs)!
    if (signs) countFlips(halvesOf(next.bytes), halvesOf(signs.bytes), counts)
    signs = next
  }
  return counts
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function halvesOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer)
}
