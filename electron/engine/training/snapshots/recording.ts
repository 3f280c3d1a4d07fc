import { analyseNetwork } from '#shared/model/analyse.ts'
import type { TrainingJob } from '../../protocol.ts'
import type { PreparedTraining } from '../prepare.ts'
import type { Reporter } from '../reporter.ts'
import { WeightRecorder } from './recorder.ts'

type Moment = 'afterStep' | 'beforePause' | 'beforeStop'

/**
 * The recording of a job's weights, if there is any. A file that cannot be written ends it with a word to the person,
 * and never the training.
 */
export class Recording {
  readonly #reporter: Reporter
  readonly #step: () => number
  #recorder: WeightRecorder | null = null

  constructor(
    { spec, snapshotFolder }: Pick<TrainingJob, 'spec' | 'snapshotFolder'>,
    { network, plan, session, backend }: Pick<PreparedTraining, 'network' | 'plan' | 'session' | 'backend'>,
    reporter: Reporter,
  ) {
    this.#reporter = reporter
    this.#step = () => session.position.steps
    if (snapshotFolder === undefined) return
    this.#attempt(() => {
      this.#recorder = WeightRecorder.open({
        folder: snapshotFolder,
        layers: analyseNetwork(spec).all,
        variables: network.variables,
        operations: backend.operations,
        plan,
        step: this.#step(),
        onFrame: (step) => reporter.send({ type: 'snapshot', step }),
      })
    })
  }

  tell(moment: Moment): void {
    const recorder = this.#recorder
    if (recorder) this.#attempt(() => recorder[moment](this.#step()))
  }

  close(): void {
    this.#recorder?.close()
    this.#recorder = null
  }

  #attempt(record: () => void): void {
    try {
      record()
    } catch (error) {
      this.close()
      const reason = error instanceof Error ? error.message : String(error)
      this.#reporter.send({ type: 'notice', message: `Its weights are no longer recorded: ${reason}.` })
    }
  }
}
