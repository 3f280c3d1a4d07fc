import type { ZodType } from 'zod'
import { SignumError } from '#shared/contract/errors.ts'
import type { EventName, EventOf } from '#shared/contract/events.ts'
import {
  METHODS,
  type Dataset,
  type LabInfo,
  type Method,
  type Network,
  type RequestOf,
  type ResponseOf,
} from '#shared/contract/methods.ts'
import { runSummarySchema, type RunDetail, type RunSummary } from '#shared/contract/runs.ts'
import { analyseNetwork } from '#shared/model/analyse.ts'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import type { ConnectionState, LabConnection } from '../../../renderer/rpc/index.ts'
import binary from '../../../resources/presets/lenet-binary.json' with { type: 'json' }
import fullPrecision from '../../../resources/presets/lenet-full-precision.json' with { type: 'json' }
import twin from '../../../resources/presets/lenet-twin.json' with { type: 'json' }

type Answers = { [M in Method]?: (input: RequestOf<M>) => ResponseOf<M> | Promise<ResponseOf<M>> }

interface PresetDocument {
  readonly title: string
  readonly description: string
  readonly settings: unknown
  readonly spec: { readonly name: string }
}

function preset({ title, description, settings, spec }: PresetDocument): Network {
  return {
    id: spec.name,
    source: 'preset',
    title,
    description,
    spec: parseNetworkSpec(spec),
    settings: trainingSettingsSchema.parse(settings),
  }
}

const MNIST: Dataset = {
  name: 'mnist',
  title: 'MNIST',
  height: 28,
  width: 28,
  channels: 1,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  trainImages: 60_000,
  testImages: 10_000,
  available: true,
  hint: null,
}

const INFO: LabInfo = {
  version: '0.1.0',
  commit: null,
  host: 'server',
  dataFolder: '/home/ada/signum',
  homeFolder: '/home/ada',
  backend: 'TensorFlow 2.21.0',
  kernels: 'avx2',
  threads: 2,
  notices: [],
}

/** A run as the lab would describe it right after its start. */
export function aRun(spec: NetworkSpec, settings: TrainingSettings, changes: Partial<RunDetail> = {}): RunDetail {
  const { totals } = analyseNetwork(spec)
  return {
    id: 'run-1',
    name: spec.name,
    network: spec.name,
    status: 'running',
    dataset: settings.dataset,
    epochs: settings.epochs,
    epochsDone: 0,
    testAccuracy: null,
    bestTestAccuracy: null,
    trainLoss: null,
    parameters: totals.parameters[1] + totals.parameters[32],
    binaryParameters: totals.parameters[1],
    packedBytes: totals.packedBytes,
    seed: settings.seed,
    backend: 'tensorflow',
    createdAt: '2025-01-01T12:00:00.000Z',
    finishedAt: null,
    seconds: 0,
    message: null,
    errorCode: null,
    groupId: null,
    marks: [],
    stretches: [],
    spec,
    settings,
    provenance: {
      appVersion: INFO.version,
      commit: null,
      specHash: 'a'.repeat(64),
      datasetSha256: null,
      backend: 'tensorflow',
      backendVersion: 'TensorFlow 2.21.0',
      kernels: 'avx2',
      threads: 2,
      node: '24.0.0',
      platform: 'linux x64',
      cpu: 'A processor',
      cores: 2,
      memoryBytes: 8 * 1024 ** 3,
    },
    epochRecords: [],
    stepMs: null,
    keptEpoch: null,
    progress: null,
    ...changes,
  }
}

/**
 * A lab in memory for tests of the page: real presets, real validation of every request, runs that only do what a
 * test tells them to by `emit`. `answers` replaces single methods.
 */
export class FakeLab implements LabConnection {
  state: ConnectionState = 'online'
  readonly requests: { method: Method; input: unknown }[] = []
  readonly presets: Network[] = [preset(fullPrecision), preset(binary), preset(twin)]
  readonly networks: Network[] = [...this.presets]
  readonly runs: RunDetail[] = []
  readonly settings: Record<string, ResponseOf<'settings.get'>[string]> = {}
  private readonly answers: Answers
  private readonly listeners = new Map<EventName, Set<(payload: never) => void>>()
  private readonly stateListeners = new Set<(state: ConnectionState) => void>()

  constructor(answers: Answers = {}) {
    this.answers = { ...this.defaults(), ...answers }
  }

  async request<M extends Method>(method: M, input: RequestOf<M>): Promise<ResponseOf<M>> {
    const valid = (METHODS[method].input as ZodType).parse(input) as RequestOf<M>
    this.requests.push({ method, input: valid })
    const answer = this.answers[method] as ((input: RequestOf<M>) => ResponseOf<M>) | undefined
    if (!answer) throw new SignumError('not_supported', `The lab of this test has no answer to "${method}".`)
    return answer(valid)
  }

  subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  close(): void {
    this.listeners.clear()
    this.stateListeners.clear()
  }

  /** Tells every subscriber of the page what the lab would tell it. */
  emit<E extends EventName>(event: E, payload: EventOf<E>): void {
    for (const listener of this.listeners.get(event) ?? []) (listener as (payload: EventOf<E>) => void)(payload)
  }

  /** The connection is lost or comes back. */
  setState(state: ConnectionState): void {
    this.state = state
    for (const listener of this.stateListeners) listener(state)
  }

  /** Adds a run, or changes the one with its id, and tells the page. */
  putRun(run: RunDetail): void {
    const index = this.runs.findIndex(({ id }) => id === run.id)
    if (index < 0) this.runs.push(run)
    else this.runs[index] = run
    this.emit('run.changed', { run: summary(run), removed: false })
  }

  private find(id: string): RunDetail {
    const run = this.runs.find((candidate) => candidate.id === id)
    if (!run) throw new SignumError('run_not_found', `There is no run "${id}". Open History to see the runs there are.`)
    return run
  }

  private defaults(): Answers {
    return {
      'lab.info': () => INFO,
      'settings.get': () => ({ ...this.settings }),
      'settings.set': ({ key, value }) => {
        this.settings[key] = value
        this.emit('settings.changed', { key, value })
        return {}
      },
      'datasets.list': () => [MNIST],
      'networks.list': () => [...this.networks],
      'networks.save': ({ spec, settings }) => {
        const network: Network = {
          id: `saved-${this.networks.length}`,
          source: 'saved',
          title: spec.name,
          description: '',
          spec: parseNetworkSpec(spec),
          settings: trainingSettingsSchema.parse(settings),
        }
        this.networks.push(network)
        this.emit('networks.changed', {})
        return network
      },
      'networks.remove': ({ id }) => {
        this.networks.splice(
          this.networks.findIndex((network) => network.id === id),
          1,
        )
        return {}
      },
      'runs.list': () => this.runs.map(summary),
      'runs.queue': () => this.runs.filter(({ status }) => status === 'queued').map(({ id }) => id),
      'runs.get': ({ id }) => this.find(id),
      'runs.steps': () => ({
        from: 1,
        loss: new Float32Array(),
        accuracy: new Float32Array(),
        seconds: new Float32Array(),
      }),
      'runs.start': (request) => this.start(request),
      'runs.startTogether': ({ runs }) => runs.map((request) => this.start(request)),
      'runs.pack': () => ({ file: Uint8Array.of(1, 2, 3) }),
      'runs.pause': ({ id }) => this.change(id, { status: 'paused' }),
      'runs.stop': ({ id }) => this.change(id, { status: 'stopped' }),
      'runs.resume': ({ id }) => {
        this.change(id, { status: 'running' })
        return summary(this.find(id))
      },
      'runs.step': ({ id }) => this.change(id, { status: 'paused' }),
      'runs.setLearningRate': ({ id, learningRate }) => {
        this.emit('run.marked', { runId: id, mark: { step: this.find(id).progress?.step ?? 0, learningRate } })
        return {}
      },
      'runs.checkpoint': ({ id }) => {
        this.emit('run.saved', { runId: id, epoch: 1, step: this.find(id).progress?.step ?? 0 })
        return {}
      },
      'runs.rename': ({ id, name }) => {
        this.change(id, { name })
        return summary(this.find(id))
      },
    }
  }

  private start({ spec, settings, name, repeats = 1 }: RequestOf<'runs.start'>): RunSummary {
    const valid = trainingSettingsSchema.parse(settings)
    const groupId = repeats > 1 ? `group-${this.runs.length + 1}` : null
    const made = Array.from({ length: repeats }, (_, index) =>
      aRun(
        parseNetworkSpec(spec),
        { ...valid, seed: valid.seed + index },
        {
          id: `run-${this.runs.length + 1 + index}`,
          status: index < 2 ? 'running' : 'queued',
          groupId,
          ...(name ? { name } : {}),
        },
      ),
    )
    made.forEach((run) => this.putRun(run))
    return summary(made[0]!)
  }

  private change(id: string, changes: Partial<RunDetail>): Record<string, never> {
    this.putRun({ ...this.find(id), ...changes })
    return {}
  }
}

/** The row of History that a run's detail contains. */
export function summary(run: RunDetail): RunSummary {
  const { shape } = runSummarySchema
  return runSummarySchema.parse(Object.fromEntries(Object.entries(run).filter(([key]) => key in shape)))
}
