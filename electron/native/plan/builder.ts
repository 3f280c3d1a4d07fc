import type { Shape } from '#shared/model/signal.ts'
import { keepFloats, signsOf, type MonotoneStep } from './monotone.ts'
import type { PoolingWindow, Sides, Stage } from './stages.ts'

export interface ImageSize {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** A row of stages that grows, and what has come so far: floats or bits, and of what size. */
export class StageBuilder {
  readonly stages: Stage[] = []
  /** What followed the last floats and is not yet decided to be floats or bits. */
  #steps: MonotoneStep[] = []
  #size: ImageSize
  #bits = false

  constructor(input: ImageSize) {
    this.#size = input
  }

  /** Behind Flatten still that of the image, until something computes by feature. */
  get size(): ImageSize {
    return this.#size
  }

  get bits(): boolean {
    return this.#bits
  }

  /** A stage that takes floats. */
  onFloats(stage: Stage): void {
    this.requireFloats()
    this.stages.push(stage)
  }

  /** A stage that takes bits, which are there. */
  onBits(stage: Stage): void {
    this.stages.push(stage)
  }

  /** Something that can vanish in a comparison. */
  step(step: MonotoneStep): void {
    if (this.#bits) this.requireFloats()
    if (step.kind === 'affine') this.expectChannels(step.scale.length)
    if (step.kind === 'rectifier') this.expectChannels(step.slope.length)
    this.#steps.push(step)
  }

  /** Whatever is here becomes its signs. */
  sign(): void {
    if (this.#bits) return
    this.stages.push(...signsOf(this.#steps, this.#size.channels))
    this.#steps = []
    this.#bits = true
  }

  /** Bits become floats, and what is not yet decided is done to floats. */
  requireFloats(): void {
    if (this.#bits) this.stages.push({ kind: 'unpacking' })
    this.#bits = false
    this.stages.push(...keepFloats(this.#steps))
    this.#steps = []
  }

  /** Behind Flatten a channel is a feature: the image becomes one pixel. */
  expectChannels(channels: number): void {
    if (channels === this.#size.channels) return
    this.onFloats({ kind: 'flatten' })
    this.#size = { height: 1, width: 1, channels }
  }

  largest(window: PoolingWindow): void {
    if (this.#bits) this.onBits({ kind: 'bit pooling', window, smallest: new Uint8Array(this.#size.channels) })
    else this.#steps.push({ kind: 'largest', window })
  }

  surround(sides: Sides, value: number): void {
    const { top, bottom, left, right } = sides
    if (top + bottom + left + right === 0) return
    if (this.#bits && value !== 0) {
      const ones = new Uint8Array(this.#size.channels).fill(value > 0 ? 1 : 0)
      this.onBits({ kind: 'bit border', sides, ones })
    } else {
      this.step({ kind: 'border', sides, value })
    }
    const { height, width, channels } = this.#size
    this.#size = { height: height + top + bottom, width: width + left + right, channels }
  }

  /** What came out of a layer has this shape. */
  follow(shape: Shape): void {
    this.#size = shape.kind === 'image' ? shape : { height: 1, width: 1, channels: shape.count }
  }

  /** Sums have come out of bits. */
  becomeFloats(): void {
    this.#bits = false
  }

  /** Two ways from the floats here, of which `second` begins where `first` did. */
  branch(first: () => void, second: () => void, join: 'sum' | 'concatenation'): void {
    this.onFloats({ kind: 'keep' })
    const start = this.#size
    first()
    this.onFloats({ kind: 'swap' })
    this.#size = start
    second()
    this.onFloats({ kind: join })
  }
}
