import { availableParallelism } from 'node:os'
import { SignumError } from '#shared/contract/errors.ts'
import type { Answer } from '#shared/contract/methods.ts'
import type { Backend } from '../backends/backend.ts'
import { selectBackend } from '../backends/select.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import { describeDatasets, loadDataset } from '../datasets/registry.ts'
import type { InferenceCommand, InferenceReport, TrainedNetwork } from '../protocol.ts'
import { evaluate, type Evaluation } from '../training/evaluation.ts'
import { NetworkCache } from './networks.ts'
import { evaluatePacked, loadPacked, PackedCache } from './packed.ts'
import { predict, predictPacked } from './predict.ts'

type Command<Type extends InferenceCommand['type']> = Extract<InferenceCommand, { type: Type }>
type Engine = { readonly backend: Backend; readonly networks: NetworkCache }

/**
 * Answers the lab's questions to trained networks and datasets. The backend is loaded for the first question that
 * computes, and stays: TensorFlow cannot be started twice in a process.
 */
export class InferenceService {
  #engine: Promise<Engine> | null = null
  readonly #packed = new PackedCache()

  async answer(command: InferenceCommand): Promise<InferenceReport> {
    switch (command.type) {
      case 'predict':
        return this.#predict(command)
      case 'evaluate':
        return this.#evaluate(command)
      case 'describe':
        return this.#describe(command)
      case 'datasets':
        return { type: 'datasets', id: command.id, datasets: describeDatasets() }
      case 'sample':
        return sample(command)
    }
  }

  async #predict({ id, networks, pixels }: Command<'predict'>): Promise<InferenceReport> {
    const answers = []
    for (const trained of networks) answers.push(await this.#answer(trained, pixels))
    return { type: 'answers', id, answers }
  }

  async #answer(trained: TrainedNetwork, pixels: Uint8Array): Promise<Answer> {
    const packed = await this.#packed.get(trained)
    return packed ? predictPacked(packed, trained, pixels) : predict(await this.#network(trained), trained, pixels)
  }

  async #evaluate(command: Command<'evaluate'>): Promise<InferenceReport> {
    const dataset = await loadDataset(command.dataset)
    const { accuracy, images, seconds } = await (command.engine === 'packed'
      ? evaluatePacked(await loadPacked(command.network, command.threads), dataset)
      : this.#evaluateFloat(command, dataset))
    return {
      type: 'evaluation',
      id: command.id,
      testAccuracy: accuracy,
      images,
      microsecondsPerImage: (1e6 * seconds) / images,
    }
  }

  async #evaluateFloat(command: Command<'evaluate'>, dataset: ImageDataset): Promise<Evaluation> {
    const { backend } = await this.#start(command.backend, command.threads)
    requireBackend(backend, command)
    const network = await this.#network(command.network)
    return (await evaluate(network, dataset, backend.operations))!
  }

  async #describe({ id }: Command<'describe'>): Promise<InferenceReport> {
    const { backend } = await this.#start('auto', null)
    const { name, version, kernels, threads } = backend
    return {
      type: 'description',
      id,
      engine: { backend: name, backendVersion: version, kernels, threads, datasetSha256: null },
    }
  }

  async #network(trained: TrainedNetwork) {
    const { networks } = await this.#start('auto', null)
    return networks.get(trained)
  }

  #start(choice: Command<'evaluate'>['backend'], threads: number | null): Promise<Engine> {
    this.#engine ??= selectBackend(choice, threads).then((backend) => ({
      backend,
      networks: new NetworkCache(backend),
    }))
    // A failed start may be tried again, say with another backend.
    this.#engine.catch(() => (this.#engine = null))
    return this.#engine
  }
}

/** A process keeps the backend and the threads it began with; saying so is better than a wrong measurement. */
function requireBackend(backend: Backend, { backend: choice, threads }: Command<'evaluate'>): void {
  const wanted = choice === 'auto' ? backend.name : choice
  const wantedThreads = threads ?? availableParallelism()
  if (wanted === backend.name && (backend.name === 'native' || wantedThreads === backend.threads)) return
  throw new SignumError(
    'not_supported',
    `The engine is already running on ${backend.version} with ${backend.threads} threads. Restart the lab to measure with other settings.`,
    { place: { field: 'threads' } },
  )
}

async function sample({ id, dataset: name, split, index }: Command<'sample'>): Promise<InferenceReport> {
  const dataset = await loadDataset(name)
  const { count, pixels, labels } = dataset[split]
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new SignumError(
      'invalid_request',
      `There is no image ${index} among the ${count} ${split} images of ${name}. Choose 0 to ${count - 1}.`,
      { place: { field: 'index' } },
    )
  }
  const size = dataset.height * dataset.width * dataset.channels
  return { type: 'sample', id, pixels: pixels.slice(index * size, (index + 1) * size), label: labels[index]! }
}
