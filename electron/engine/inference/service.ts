import { availableParallelism } from 'node:os'
import { compileNetwork } from '#electron/native/plan/compile.ts'
import { readPackedFile, writePackedFile } from '#electron/native/plan/file.ts'
import { SignumError } from '#shared/contract/errors.ts'
import type { Backend } from '../backends/backend.ts'
import { selectBackend } from '../backends/select.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import { describeDatasets, loadDataset } from '../datasets/registry.ts'
import type { InferenceCommand, InferenceReport } from '../protocol.ts'
import { evaluate, type Evaluation } from '../training/evaluation.ts'
import { activationsOf } from './activations.ts'
import { loadAnswerer, planAnswerer, warmUp, type Answerer } from './answerer.ts'
import { loadNetwork } from './network.ts'
import { evaluatePacked, loadPacked, loadStages, type PackedEvaluation } from './packed.ts'
import { predict } from './predict.ts'
import { RecentlyUsed } from './recent.ts'

type Command<Type extends InferenceCommand['type']> = Extract<InferenceCommand, { type: Type }>

/** Two runs stand side by side in Draw; a few more stay for those who switch between them. */
const KEPT_NETWORKS = 6

/**
 * Answers the lab's questions to trained networks and datasets. The backend is loaded for the first question that
 * computes, and stays: TensorFlow cannot be started twice in a process.
 */
export class InferenceService {
  #backend: Promise<Backend> | null = null
  /** By the folder of their checkpoint. */
  readonly #answerers = new RecentlyUsed<Answerer>(KEPT_NETWORKS)

  async answer(command: InferenceCommand): Promise<InferenceReport> {
    switch (command.type) {
      case 'predict':
        return this.#predict(command)
      case 'evaluate':
        return this.#evaluate(command)
      case 'pack':
        return { type: 'packed', id: command.id, file: writePackedFile(await loadPacked(command.network)) }
      case 'predictPacked':
        return predictPacked(command)
      case 'evaluatePacked':
        return evaluateFile(command)
      case 'activations':
        return this.#activations(command)
      case 'describe':
        return this.#describe(command)
      case 'datasets':
        return { type: 'datasets', id: command.id, datasets: describeDatasets() }
      case 'samples':
        return samples(command)
      case 'labels':
        return labels(command)
    }
  }

  async #predict({ id, networks, pixels }: Command<'predict'>): Promise<InferenceReport> {
    const answers = []
    for (const trained of networks) {
      const load = () => loadAnswerer(trained, () => this.#start('auto', null))
      const answerer = await this.#answerers.get(trained.checkpointFolder, load)
      answers.push({ runId: trained.runId, ...predict(answerer, pixels) })
    }
    return { type: 'answers', id, answers }
  }

  async #evaluate(command: Command<'evaluate'>): Promise<InferenceReport> {
    const dataset = await loadDataset(command.dataset)
    return evaluation(
      command.id,
      command.engine === 'packed'
        ? evaluatePacked(await loadStages(command.network), dataset, command.threads)
        : await this.#evaluateFloat(command, dataset),
    )
  }

  async #evaluateFloat(command: Command<'evaluate'>, dataset: ImageDataset): Promise<Evaluation> {
    const backend = await this.#start(command.backend, command.threads)
    requireBackend(backend, command)
    const network = await loadNetwork(command.network, backend)
    try {
      return (await evaluate(network, dataset, backend.operations))!
    } finally {
      network.dispose()
    }
  }

  async #activations({ id, network, pixels }: Command<'activations'>): Promise<InferenceReport> {
    const backend = await this.#start('auto', null)
    return { type: 'activations', id, layers: await activationsOf(network, pixels, backend) }
  }

  async #describe({ id }: Command<'describe'>): Promise<InferenceReport> {
    const backend = await this.#start('auto', null)
    const { name, version, kernels, threads } = backend
    return {
      type: 'description',
      id,
      engine: { backend: name, backendVersion: version, kernels, threads, datasetSha256: null },
    }
  }

  #start(choice: Command<'evaluate'>['backend'], threads: number | null): Promise<Backend> {
    this.#backend ??= selectBackend(choice, threads)
    // A failed start may be tried again, say with another backend.
    this.#backend.catch(() => (this.#backend = null))
    return this.#backend
  }
}

function predictPacked({ id, file, images }: Command<'predictPacked'>): InferenceReport {
  const answerer = planAnswerer(compileNetwork(readPackedFile(file)))
  warmUp(answerer)
  return { type: 'packedAnswers', id, answers: images.map((pixels) => predict(answerer, pixels)) }
}

async function evaluateFile({ id, file, dataset, threads }: Command<'evaluatePacked'>): Promise<InferenceReport> {
  const stages = compileNetwork(readPackedFile(file))
  return evaluation(id, evaluatePacked(stages, await loadDataset(dataset), threads))
}

function evaluation(id: number, { accuracy, images, seconds }: Evaluation | PackedEvaluation): InferenceReport {
  return { type: 'evaluation', id, testAccuracy: accuracy, images, microsecondsPerImage: (1e6 * seconds) / images }
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

async function samples({ id, dataset: name, split, indices }: Command<'samples'>): Promise<InferenceReport> {
  const dataset = await loadDataset(name)
  const { count, pixels, labels } = dataset[split]
  const outside = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= count)
  if (outside !== undefined) {
    throw new SignumError(
      'invalid_request',
      `There is no image ${outside} among the ${count} ${split} images of ${name}. Choose 0 to ${count - 1}.`,
      { place: { field: 'index' } },
    )
  }
  const size = dataset.height * dataset.width * dataset.channels
  const chosen = new Uint8Array(indices.length * size)
  for (const [place, index] of indices.entries())
    chosen.set(pixels.subarray(index * size, (index + 1) * size), place * size)
  return { type: 'samples', id, pixels: chosen, labels: Uint8Array.from(indices, (index) => labels[index]!) }
}

async function labels({ id, dataset, split }: Command<'labels'>): Promise<InferenceReport> {
  return { type: 'labels', id, labels: (await loadDataset(dataset))[split].labels.slice() }
}
