import { shallowRef } from 'vue'
import type { Epoch, Mark, RunDetail, StepColumns } from '#shared/contract/runs.ts'
import { Column } from '../charts/series.ts'

/** The measures of an epoch that are drawn as lines. */
export const EPOCH_MEASURES = [
  'trainLoss',
  'validationLoss',
  'testLoss',
  'trainAccuracy',
  'validationAccuracy',
  'testAccuracy',
] as const
export type EpochMeasure = (typeof EPOCH_MEASURES)[number]

/** Everything measured in one run. The columns grow while it runs; charts listen to them directly. */
export class RunHistory {
  readonly id: string
  readonly detail = shallowRef<RunDetail | null>(null)
  readonly epochRecords = shallowRef<readonly Epoch[]>([])
  /** Why the history could not be fetched, in a sentence. */
  readonly problem = shallowRef<string | null>(null)

  /** Step numbers, 1 for the first. */
  readonly step = new Column()
  readonly loss = new Column()
  readonly accuracy = new Column()
  /** Training time at the end of each step. */
  readonly seconds = new Column()

  readonly epoch = new Column()
  /** Training time at the end of each epoch, its test included. */
  readonly epochEnd = new Column()
  readonly measures: Readonly<Record<EpochMeasure, Column>> = {
    trainLoss: new Column(),
    validationLoss: new Column(),
    testLoss: new Column(),
    trainAccuracy: new Column(),
    validationAccuracy: new Column(),
    testAccuracy: new Column(),
  }

  constructor(id: string) {
    this.id = id
  }

  /**
   * Takes steps as they happen. A run that went on from a checkpoint repeats steps: what was measured after it is
   * dropped.
   *
   * @returns false when steps before these are missing; then nothing is taken.
   */
  append(columns: StepColumns): boolean {
    const start = columns.from - 1
    if (start > this.step.length) return false
    this.truncateSteps(start)
    this.write(columns)
    return true
  }

  /**
   * Takes fetched steps in place of all from `columns.from` on. What events told beyond them stays if it continues the
   * same numbers: an answer can be a few steps behind the events that overtook it.
   */
  replace(columns: StepColumns): void {
    const end = columns.from - 1 + columns.loss.length
    const isBehind = columns.loss.length > 0 && end < this.loss.length && this.loss.at(end - 1) === columns.loss.at(-1)
    if (!isBehind) this.truncateSteps(end)
    this.write(columns)
  }

  /** Takes the record of one epoch, in place of an earlier one of the same number and all after it. */
  addEpoch(record: Epoch): void {
    this.setEpochs([...this.epochRecords.value.filter(({ epoch }) => epoch < record.epoch), record])
  }

  /** Takes what was changed in the run, in place of what was changed after the same step before. */
  addMark(mark: Mark): void {
    const detail = this.detail.value
    if (!detail) return
    const others = detail.marks.filter(({ step }) => step !== mark.step)
    this.detail.value = { ...detail, marks: [...others, mark].toSorted((a, b) => a.step - b.step) }
  }

  setEpochs(records: readonly Epoch[]): void {
    this.epochRecords.value = records
    this.epoch.truncate(records.length)
    this.epoch.write(
      0,
      records.map(({ epoch }) => epoch),
    )
    let end = 0
    this.epochEnd.truncate(records.length)
    this.epochEnd.write(
      0,
      records.map(({ seconds }) => (end += seconds)),
    )
    for (const name of EPOCH_MEASURES) {
      this.measures[name].truncate(records.length)
      this.measures[name].write(
        0,
        records.map((record) => record[name] ?? NaN),
      )
    }
  }

  private write({ from, loss, accuracy, seconds }: StepColumns): void {
    const start = from - 1
    this.step.write(
      start,
      Float64Array.from(loss, (_, index) => from + index),
    )
    this.loss.write(start, loss)
    this.accuracy.write(start, accuracy)
    this.seconds.write(start, neverFalling(seconds, this.seconds.at(start - 1) ?? 0))
  }

  private truncateSteps(length: number): void {
    for (const column of [this.step, this.loss, this.accuracy, this.seconds]) column.truncate(length)
  }
}

/** A step whose time was never recorded took none: charts look times up, which have to rise. */
function neverFalling(seconds: Float32Array, before: number): Float32Array {
  let latest = before
  return seconds.map((value) => (latest = value > latest ? value : latest))
}
