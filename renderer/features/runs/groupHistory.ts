import { shallowRef } from 'vue'
import type { RunDetail } from '#shared/contract/runs.ts'
import { aggregateAligned, type AlignedAggregate } from '../../charts/aligned.ts'
import { Column } from '../../charts/series.ts'
import type { RunHistory } from '../../stores/runHistory.ts'
import type { CurveSource, EvaluatedMeasure } from './lines.ts'

/** Often enough for a line that moves by a pixel in this time. */
const UPDATE_EVERY_MS = 500

/** What lies within one standard deviation of the mean. */
interface Band {
  readonly low: Column
  readonly high: Column
}

const EVALUATED = ['validationLoss', 'validationAccuracy', 'testLoss', 'testAccuracy'] as const

/** Something for each measure of an epoch. */
function ofEach<Value>(make: () => Value): Readonly<Record<EvaluatedMeasure, Value>> {
  return { validationLoss: make(), validationAccuracy: make(), testLoss: make(), testAccuracy: make() }
}

const newBand = (): Band => ({ low: new Column(), high: new Column() })

/** The mean of several runs, step by step and epoch by epoch, with its spread. It follows them until it is disposed of. */
export class GroupHistory implements CurveSource {
  readonly detail = shallowRef<RunDetail | null>(null)
  readonly step = new Column()
  readonly seconds = new Column()
  readonly loss = new Column()
  readonly accuracy = new Column()
  readonly epoch = new Column()
  readonly epochEnd = new Column()
  readonly measures = ofEach(() => new Column())
  readonly bands = { loss: newBand(), accuracy: newBand(), ...ofEach(newBand) }

  private readonly members: readonly RunHistory[]
  private readonly stops: (() => void)[]
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(members: readonly RunHistory[]) {
    this.members = members
    this.stops = members.flatMap(({ loss, measures }) =>
      [loss, measures.testAccuracy].map((column) => column.onChange(() => this.updateSoon())),
    )
    this.update()
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    for (const stop of this.stops) stop()
  }

  private updateSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.update()
    }, UPDATE_EVERY_MS)
  }

  private update(): void {
    // The runs differ by their seed only: what the axes need to know, any of them tells.
    this.detail.value = this.members.map(({ detail }) => detail.value).find((detail) => detail !== null) ?? null
    const of = (column: (member: RunHistory) => Column) =>
      aggregateAligned(this.members.map((member) => column(member).view()))
    const { measures, bands } = this
    replaceBoth(
      this.loss,
      bands.loss,
      of(({ loss }) => loss),
    )
    replaceBoth(
      this.accuracy,
      bands.accuracy,
      of(({ accuracy }) => accuracy),
    )
    for (const name of EVALUATED) {
      replaceBoth(
        measures[name],
        bands[name],
        of((member) => member.measures[name]),
      )
    }
    replace(this.seconds, neverFalling(of(({ seconds }) => seconds).mean))
    replace(this.epochEnd, neverFalling(of(({ epochEnd }) => epochEnd).mean))
    // Last, and so never ahead of its values where a chart looks in between.
    replace(this.step, counting(this.loss.length))
    replace(this.epoch, counting(measures.testAccuracy.length))
  }
}

function replaceBoth(middle: Column, { low, high }: Band, { mean, std }: AlignedAggregate): void {
  replace(
    low,
    mean.map((value, index) => value - std[index]!),
  )
  replace(
    high,
    mean.map((value, index) => value + std[index]!),
  )
  replace(middle, mean)
}

function replace(column: Column, values: Float64Array): void {
  column.truncate(values.length)
  column.write(0, values)
}

const counting = (length: number) => Float64Array.from({ length }, (_, index) => index + 1)

/** The mean time falls back where a slow run has not come as far as the others; an axis only goes on. */
function neverFalling(values: Float64Array): Float64Array {
  let latest = 0
  return values.map((value) => (latest = value > latest ? value : latest))
}
