import type { LayerAnalysis } from '#shared/model/analyse.ts'
import type { SnapshotArchive } from '#shared/snapshots/archive.ts'
import { SNAPSHOT_SCHEMA, weightsOf, type LayerMeasures, type SnapshotHeader } from '#shared/snapshots/format.ts'
import type { LayerVariable } from '../../layers/layer.ts'
import type { TrainingPlan } from '../plan.ts'
import { SnapshotFile } from './file.ts'
import { LayerRecorder, recoverCounts, type RecordingOperations } from './layer-recorder.ts'
import { planFrames, type FrameContent } from './rhythm.ts'
import { watchedLayers } from './watched.ts'

/** Whatever is watched and however long it trains, a run's file stays below this; what has no room is left out. */
export const MOST_FILE_BYTES = 19e6
/** Entries of the series of flips over a whole run. */
const MOST_ENTRIES = 4096

export interface RecorderOptions {
  /** The run's folder of snapshots. */
  readonly folder: string
  /** The layers at every depth, in the order in which a signal meets them. */
  readonly layers: readonly LayerAnalysis[]
  readonly variables: readonly LayerVariable[]
  readonly operations: RecordingOperations
  readonly plan: Pick<TrainingPlan, 'stepsPerEpoch' | 'totalSteps'>
  /** Steps done when recording begins: 0 for a new run. */
  readonly step: number
  /** Called for every frame that the file holds from now on. */
  readonly onFrame: (step: number) => void
}

/**
 * Records the watched weights of a run: reads them after every step to count flips, and now and then keeps a frame. It
 * never changes them, so the run trains to the same bit with it and without.
 */
export class WeightRecorder {
  readonly #file: SnapshotFile
  readonly #layers: readonly LayerRecorder[]
  readonly #rhythm: ReadonlyMap<number, FrameContent>
  readonly #onFrame: RecorderOptions['onFrame']
  /** The last frame, if it holds the signs alone. */
  #signsOnly: readonly LayerMeasures[] | null = null

  private constructor(
    file: SnapshotFile,
    layers: readonly LayerRecorder[],
    rhythm: ReadonlyMap<number, FrameContent>,
    onFrame: RecorderOptions['onFrame'],
  ) {
    this.#file = file
    this.#layers = layers
    this.#rhythm = rhythm
    this.#onFrame = onFrame
  }

  /** @returns null when no layer is watched, which then costs nothing. */
  static open(options: RecorderOptions): WeightRecorder | null {
    const { folder, operations, plan, step, onFrame } = options
    const watched = watchedLayers(options.layers, options.variables)
    if (watched.length === 0) return null
    const { stepsPerEpoch, totalSteps } = plan
    const layers = watched.map(({ layer }) => layer)
    const header: SnapshotHeader = { schema: SNAPSHOT_SCHEMA, stepsPerEpoch, totalSteps, layers }
    const resumed = step > 0 ? SnapshotFile.resume(folder, header, step) : null
    const file = resumed?.file ?? SnapshotFile.create(folder, header)
    const span = Math.ceil(totalSteps / MOST_ENTRIES)
    const recorder = new WeightRecorder(
      file,
      watched.map(
        (one, index) => new LayerRecorder(index, one, span, countsOf(resumed?.archive, index, step), operations),
      ),
      planFrames(
        plan,
        layers.reduce((sum, layer) => sum + weightsOf(layer), 0),
      ),
      onFrame,
    )
    if (file.lastStep < step) recorder.#keep(step, 'whole')
    return recorder
  }

  /** To be called after every step, with the number of steps done. */
  afterStep(step: number): void {
    for (const layer of this.#layers) layer.afterStep(step)
    const content = this.#rhythm.get(step)
    if (content) this.#keep(step, content)
  }

  /** To be called where a run pauses or is saved by hand: its weights of this moment can be looked at, or gone on from. */
  beforePause(step: number): void {
    if (this.#file.lastStep < step) this.#keep(step, 'signs')
  }

  /**
   * To be called before the checkpoint of a run that stops. It leaves a whole frame, also in the place of one with the
   * signs alone: where the run goes on, the flips of each weight are counted up to there.
   */
  beforeStop(step: number): void {
    if (this.#file.lastStep < step) this.#keep(step, 'whole')
    else if (this.#signsOnly) {
      this.#file.takeBack()
      this.#keep(step, 'whole', this.#signsOnly)
    }
  }

  close(): void {
    this.#file.close()
  }

  /** @param known measures of this very moment: what happened since the last frame can be told only once. */
  #keep(step: number, content: FrameContent, known: readonly LayerMeasures[] | null = null): void {
    const frames = this.#layers.map((layer) => layer.frame(content))
    const measures = known ?? frames.map((frame) => frame.measures)
    const parts = frames.flatMap((frame) => frame.parts)
    const kept = this.#file.append(
      {
        step,
        measures,
        // Signs first, where there is not room for all.
        parts: [...parts.filter(({ kind }) => kind === 'signs'), ...parts.filter(({ kind }) => kind !== 'signs')],
      },
      MOST_FILE_BYTES,
    )
    this.#signsOnly = kept && content === 'signs' ? measures : null
    if (kept) this.#onFrame(step)
  }
}

function countsOf(archive: SnapshotArchive | undefined, layer: number, step: number): Uint16Array | null {
  return archive ? recoverCounts(archive, layer, step) : null
}
