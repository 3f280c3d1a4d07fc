import { SignumError } from '#shared/contract/errors.ts'
import type { LayerHistory, Snapshot, SnapshotIndex, WeightMode } from '#shared/contract/snapshots.ts'
import type { SnapshotArchive } from '#shared/snapshots/archive.ts'
import { joinBytes } from '#shared/snapshots/coding.ts'
import { gatherBits, gatherValues, pageOf, type FilterPage } from '#shared/snapshots/filters.ts'
import { HISTOGRAM_BUCKETS, weightsOf, type WatchedLayer } from '#shared/snapshots/format.ts'
import type { SnapshotFiles } from './open.ts'

/** The page of a layer that is asked for. */
export interface SnapshotQuestion {
  readonly layer: string
  readonly mode: WeightMode
  readonly step: number
  readonly from: number
  readonly count: number
}

/** What there is to see of a run's weights. */
export function describeSnapshots(archive: SnapshotArchive | null): SnapshotIndex {
  if (!archive) return { stepsPerEpoch: 0, totalSteps: 0, layers: [], frames: [] }
  const { stepsPerEpoch, totalSteps, layers } = archive.header
  const frames = archive.frames.map(({ head }) => ({
    step: head.step,
    modes: [...new Set(head.parts.map(({ kind }) => kind))],
  }))
  return { stepsPerEpoch, totalSteps, layers, frames }
}

/**
 * One page of one layer's filters.
 *
 * @throws SignumError `invalid_request` where the run has recorded no such layer or mode, `file_unreadable`.
 */
export function readSnapshot(files: SnapshotFiles, path: string, question: SnapshotQuestion): Snapshot {
  const { layer: id, mode, step, from, count } = question
  const layers = files.archive(path)?.header.layers ?? []
  const index = layers.findIndex((layer) => layer.id === id)
  const layer = layers[index]
  const found = layer ? files.find(path, index, mode, step) : null
  if (!layer || !found) throw nothingRecorded(question, layers)
  if (from >= layer.filters) {
    throw new SignumError(
      'invalid_request',
      `Layer "${id}" has ${layer.filters} filters, so none stands at ${from}. Choose 0 to ${layer.filters - 1}.`,
      { place: { field: 'from' } },
    )
  }
  const page = pageOf(layer, from, count)
  const values = gather(found.bytes, mode, layer, page)
  return { mode, step: found.step, ...page, range: found.range, values }
}

function gather(bytes: Uint8Array, mode: WeightMode, layer: WatchedLayer, page: FilterPage): Uint8Array<ArrayBuffer> {
  switch (mode) {
    case 'signs':
      return viewOf(gatherBits(bytes, layer, page).halves)
    case 'latents':
      return new Uint8Array(gatherValues(bytes, layer, page))
    case 'flips':
      return viewOf(gatherValues(joinBytes(bytes), layer, page))
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint32Array | Uint16Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
}

/** Flip ratios and histograms of every watched layer, from the heads of the frames alone. */
export function readHistories(archive: SnapshotArchive | null): LayerHistory[] {
  if (!archive) return []
  const { frames, header } = archive
  const steps = Float32Array.from(frames, ({ head }) => head.step)
  return header.layers.map((layer, index) => {
    const measures = frames.map(({ head }) => head.measures[index]!)
    const weights = weightsOf(layer)
    return {
      layer: layer.id,
      flipSteps: Float32Array.from(measures.flatMap((measure) => measure.steps)),
      flipRatios: Float32Array.from(
        measures.flatMap(({ flips, spans }) => flips.map((count, entry) => count / spans[entry]! / weights)),
      ),
      histogramSteps: steps,
      ranges: Float32Array.from(measures, ({ range }) => range),
      histograms: Float32Array.from(measures.flatMap(({ histogram }) => histogram.map((count) => count / weights))),
      buckets: HISTOGRAM_BUCKETS,
    }
  })
}

function nothingRecorded({ layer, mode, step }: SnapshotQuestion, layers: readonly WatchedLayer[]): SignumError {
  const known = layers.map(({ id }) => `"${id}"`).join(', ')
  const isKnown = layers.some(({ id }) => id === layer)
  const what = isKnown
    ? `has recorded no ${mode} of layer "${layer}" up to step ${step}. Choose another mode or a later step.`
    : known
      ? `has not recorded layer "${layer}". Choose ${known}.`
      : 'has not recorded any weights. Turn on "Watch weights" on a layer in Build and train again.'
  return new SignumError('invalid_request', `The run ${what}`, { place: { field: isKnown ? 'mode' : 'layer' } })
}
