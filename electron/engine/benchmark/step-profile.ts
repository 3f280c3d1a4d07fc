import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Backend } from '../backends/backend.ts'
import { gatherBatch, type Batch } from '../datasets/batch.ts'
import { buildLayers } from '../layers/fuse.ts'
import type { Layer } from '../layers/layer.ts'
import { Network } from '../network.ts'
import { createOptimizer } from '../optimizers/optimizer.ts'
import type { StepProfile } from '../protocol.ts'
import { RandomStream, seedStreams } from '../random.ts'
import type { StepRate } from '../training/learning-rate.ts'
import { Trainer } from '../training/trainer.ts'

/** The first steps compile kernels and fill memory pools. */
const WARM_UP_STEPS = 3

/** Times training steps on random images. */
export function profileSteps(
  analysis: NetworkAnalysis,
  backend: Backend,
  settings: Pick<TrainingSettings, 'batchSize' | 'optimizer' | 'learningRate'>,
  steps: number,
): StepProfile {
  const clock = new Clock()
  const operations = { ...backend.operations }
  const built = buildLayers(analysis.layers, { operations, random: seedStreams(1) })
  const network = new Network(built.map((layer) => timedLayer(layer, clock)))
  const optimizer = createOptimizer(settings, network.variables, operations)
  const rate: StepRate = { learningRate: settings.learningRate, factor: 1 }
  const { crossEntropy } = operations
  const { apply } = optimizer
  const trainer = new Trainer(
    network,
    Object.assign(optimizer, {
      apply: (...gradients: Parameters<typeof apply>) =>
        clock.time('optimizer', () => apply.apply(optimizer, gradients)),
    }),
    { ...operations, crossEntropy: (...tensors) => clock.time('loss', () => crossEntropy(...tensors)) },
  )
  const batch = randomBatch(analysis, settings.batchSize)
  try {
    for (let step = 1; step <= WARM_UP_STEPS + steps; step++) {
      clock.time('step', () => trainer.step(batch, step, rate))
      clock.finishRound()
    }
    return summarise(built, clock)
  } finally {
    batch.dispose()
    optimizer.dispose()
    network.dispose()
  }
}

/** Milliseconds by name and round; what is timed twice in a round adds up. */
class Clock {
  readonly #rounds: Map<string, number>[] = []
  #round = new Map<string, number>()

  time<T>(name: string, work: () => T): T {
    const start = performance.now()
    try {
      return work()
    } finally {
      this.#round.set(name, (this.#round.get(name) ?? 0) + performance.now() - start)
    }
  }

  finishRound(): void {
    this.#rounds.push(this.#round)
    this.#round = new Map()
  }

  median(name: string): number {
    return this.quantile(name, 0.5)
  }

  /** The time that this share of the rounds stays below. */
  quantile(name: string, share: number): number {
    const times = this.#rounds.slice(WARM_UP_STEPS).map((round) => round.get(name) ?? 0)
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]!
  }
}

function timedLayer(layer: Layer, clock: Clock): Layer {
  return {
    ...layer,
    train(input) {
      const pass = clock.time(`forward ${layer.id}`, () => layer.train(input))
      return {
        output: pass.output,
        backward: (...upstream) => clock.time(`backward ${layer.id}`, () => pass.backward(...upstream)),
      }
    },
  }
}

function summarise(built: readonly Layer[], clock: Clock): StepProfile {
  const layers = built.map(({ id }) => ({
    id,
    forwardMs: clock.median(`forward ${id}`),
    backwardMs: clock.median(`backward ${id}`),
  }))
  const stepMs = clock.median('step')
  const [lossMs, optimizerMs] = [clock.median('loss'), clock.median('optimizer')]
  const known = layers.reduce((sum, { forwardMs, backwardMs }) => sum + forwardMs + backwardMs, lossMs + optimizerMs)
  return {
    stepMs,
    stepQuartilesMs: [clock.quantile('step', 0.25), clock.quantile('step', 0.75)],
    layers,
    lossMs,
    optimizerMs,
    otherMs: Math.max(0, stepMs - known),
  }
}

function randomBatch({ layers }: NetworkAnalysis, count: number): Batch {
  const { shape } = layers[0]!.input
  const image = shape.kind === 'image' ? shape : { height: 1, width: 1, channels: shape.count }
  const classes = layers.at(-1)!.output.shape
  const random = new RandomStream([1, 2, 3, 4])
  const pixels = Uint8Array.from({ length: count * image.height * image.width * image.channels }, () =>
    random.integer(256),
  )
  const labels = Uint8Array.from({ length: count }, () =>
    random.integer(classes.kind === 'features' ? classes.count : 1),
  )
  return gatherBatch(image, { count, pixels, labels }, 0, count)
}
