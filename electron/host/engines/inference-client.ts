import type { InferenceCommand, InferenceReport } from '#electron/engine/protocol.ts'
import { fromErrorMessage, SignumError } from '#shared/contract/errors.ts'
import type { EngineProcess, ProcessLauncher } from '../launcher.ts'
import { describeExit } from './exit-words.ts'
import type { KnownEngine } from './known-engine.ts'
import type { SupervisionLimits } from './limits.ts'
import { memoryExcess } from './memory-excess.ts'
import { parseInferenceReport } from './reports.ts'
import { spawnEngine } from './spawn.ts'

/** Which report answers which command. */
interface Answers {
  predict: 'answers'
  evaluate: 'evaluation'
  pack: 'packed'
  predictPacked: 'packedAnswers'
  evaluatePacked: 'evaluation'
  activations: 'activations'
  describe: 'description'
  datasets: 'datasets'
  samples: 'samples'
  labels: 'labels'
}

type Question = keyof Answers
type CommandOf<Q extends Question> = Omit<Extract<InferenceCommand, { type: Q }>, 'id'>
type AnswerTo<Q extends Question> = Extract<InferenceReport, { type: Answers[Q] }>

interface Pending {
  readonly resolve: (report: InferenceReport) => void
  readonly reject: (error: unknown) => void
  readonly deadline: NodeJS.Timeout | undefined
}

/** Measuring a whole test set has no useful limit: it may take minutes without TensorFlow. */
const UNLIMITED: ReadonlySet<Question> = new Set(['evaluate', 'evaluatePacked'])

/** Questions for which the engine loads its backend, after which it can tell which one that is. */
const COMPUTES: ReadonlySet<Question> = new Set(['predict', 'evaluate', 'activations'])

/**
 * Asks the inference engine. The process is started with the first question, again after a crash, and ended when there
 * have been no questions for a while.
 */
export class InferenceClient {
  private readonly launcher: ProcessLauncher
  private readonly limits: SupervisionLimits
  private readonly engine: KnownEngine
  private readonly pending = new Map<number, Pending>()
  private readonly others = new Set<InferenceClient>()
  private process: EngineProcess | null = null
  private described = false
  private idle: NodeJS.Timeout | undefined
  private watch: NodeJS.Timeout | undefined
  private nextId = 1
  private closed = false

  constructor(launcher: ProcessLauncher, limits: SupervisionLimits, engine: KnownEngine) {
    this.launcher = launcher
    this.limits = limits
    this.engine = engine
  }

  /** @throws SignumError what the engine answered, or `engine_died`, `engine_stalled`, `out_of_memory`. */
  async ask<Q extends Question>(command: CommandOf<Q> & { type: Q }): Promise<AnswerTo<Q>> {
    if (this.closed) throw closing()
    const engine = this.running()
    const id = this.nextId++
    const answer = new Promise<InferenceReport>((resolve, reject) => {
      const deadline = UNLIMITED.has(command.type)
        ? undefined
        : setTimeout(() => this.giveUp(engine), this.limits.answerWithinMs)
      this.pending.set(id, { resolve, reject, deadline })
      engine.post({ ...command, id })
    }) as Promise<AnswerTo<Q>>
    // Asked afterwards: the first question that computes decides about backend and threads.
    if (COMPUTES.has(command.type) && !this.described) void this.learnEngine()
    return answer
  }

  /** Lets `use` have an engine process of its own, which ends with it or with this client. */
  async alone<Result>(use: (client: InferenceClient) => Promise<Result>): Promise<Result> {
    if (this.closed) throw closing()
    const client = new InferenceClient(this.launcher, this.limits, this.engine)
    this.others.add(client)
    try {
      return await use(client)
    } finally {
      this.others.delete(client)
      client.close()
    }
  }

  /** Ends the engine; what was still asked is rejected. */
  close(): void {
    this.closed = true
    for (const client of this.others) client.close()
    this.drop(new SignumError('cancelled', 'The lab was closed before the answer came.'))
  }

  private running(): EngineProcess {
    clearTimeout(this.idle)
    if (this.process) return this.process
    const engine = spawnEngine(this.launcher, 'inference')
    this.process = engine
    this.watch = setInterval(() => this.lookAfter(engine), this.limits.checkEveryMs).unref()
    engine.onMessage((message) => {
      if (this.process === engine) this.receive(message)
    })
    engine.onExit((exit) => {
      if (this.process !== engine) return
      this.release()
      this.rejectAll(new SignumError('engine_died', `${describeExit(exit)} Try again.`))
    })
    return engine
  }

  private lookAfter(engine: EngineProcess): void {
    const excess = memoryExcess(engine, this.limits, 'Ask a smaller network, or for fewer images at once.')
    if (excess) this.drop(excess)
  }

  /** The process is gone, or is to go. */
  private release(): void {
    clearTimeout(this.idle)
    clearInterval(this.watch)
    this.process = null
  }

  private async learnEngine(): Promise<void> {
    this.described = true
    try {
      this.engine.learn((await this.ask({ type: 'describe' })).engine)
    } catch {
      // Whoever asked the question that started the engine learns what is wrong with it; the next one may do better.
      this.described = false
    }
  }

  private receive(message: unknown): void {
    let report: InferenceReport
    try {
      report = parseInferenceReport(message)
    } catch (error) {
      return this.drop(error)
    }
    const pending = this.pending.get(report.id)
    if (!pending) return
    this.settle(report.id, pending)
    if (report.type === 'error') pending.reject(fromErrorMessage(report.error))
    else pending.resolve(report)
  }

  private settle(id: number, { deadline }: Pending): void {
    clearTimeout(deadline)
    this.pending.delete(id)
    if (this.pending.size > 0) return
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.drop(null), this.limits.idleAfterMs)
    this.idle.unref()
  }

  private giveUp(engine: EngineProcess): void {
    if (this.process !== engine) return
    const seconds = Math.round(this.limits.answerWithinMs / 1000)
    this.drop(
      new SignumError('engine_stalled', `The engine has not answered for ${seconds} s and was ended. Try again.`),
    )
  }

  private drop(reason: unknown): void {
    const engine = this.process
    this.release()
    engine?.kill()
    this.rejectAll(reason)
  }

  private rejectAll(reason: unknown): void {
    for (const [id, pending] of [...this.pending]) {
      this.settle(id, pending)
      pending.reject(reason)
    }
    clearTimeout(this.idle)
  }
}

function closing(): SignumError {
  return new SignumError('cancelled', 'The lab is being closed.')
}
