import type { NetworkAnalysis } from '#shared/model/analyse.ts'
import type { TrainingSettings } from '#shared/model/training.ts'
import type { Backend } from '../backends/backend.ts'
import { gatherBatch, type Batch } from '../datasets/batch.ts'
import { buildLayers } from '../layers/fuse.ts'
import type { Layer } from '../layers/layer.ts'
import { Network } from '../network.ts'
import { createOptimizer } from '../optimizers/create.ts'
import { RandomStream, seedStreams } from '../random.ts'
import type { StepRate } from '../training/learning-rate.ts'
import { Trainer } from '../training/trainer.ts'
import { Parts, type Contender } from './turns.ts'

/** A network in training on random images, one step a call. Own it: disposing frees its variables. */
export interface TrainingSteps extends Contender, Disposable {
  /** In order; neighbours that compute as one are named together. */
  readonly layerIds: readonly string[]
}

/** Steps that tell what forward and backward of each layer, the loss and the optimiser take. */
export function trainingSteps(
  analysis: NetworkAnalysis,
  backend: Backend,
  settings: Pick<TrainingSettings, 'batchSize' | 'optimizer' | 'learningRate'>,
): TrainingSteps {
  // What the parts of the current step take.
  let parts = new Parts()
  const time = <Result>(name: string, work: () => Result) => parts.time(name, work)
  const { operations } = backend
  const rate: StepRate = { learningRate: settings.learningRate, factor: 1 }
  const layers = buildLayers(analysis.layers, { operations, random: seedStreams(1) })
  const network = new Network(layers.map((layer) => timedLayer(layer, time)))
  const optimizer = createOptimizer(settings, network.variables, operations)
  const apply = optimizer.apply.bind(optimizer)
  const trainer = new Trainer(
    network,
    Object.assign(optimizer, {
      apply: (...update: Parameters<typeof apply>) => time('optimizer', () => apply(...update)),
    }),
    { ...operations, crossEntropy: (...tensors) => time('loss', () => operations.crossEntropy(...tensors)) },
  )
  const batch = randomBatch(analysis, settings.batchSize)
  let step = 0
  return {
    layerIds: layers.map(({ id }) => id),
    run(own) {
      parts = own
      trainer.step(batch, ++step, rate)
    },
    [Symbol.dispose]() {
      batch.dispose()
      optimizer.dispose()
      network.dispose()
    },
  }
}

function timedLayer(layer: Layer, time: <Result>(name: string, work: () => Result) => Result): Layer {
  return {
    ...layer,
    train(input) {
      const pass = time(`forward ${layer.id}`, () => layer.train(input))
      return {
        output: pass.output,
        backward: (...upstream) => time(`backward ${layer.id}`, () => pass.backward(...upstream)),
      }
    },
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
