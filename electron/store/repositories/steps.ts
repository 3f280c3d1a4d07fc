import type { StepColumns } from '#shared/contract/runs.ts'
import { sql, type Database } from '../database.ts'

/** Loss, accuracy and time of every training step. */
export class StepRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** Adds a batch of steps in one transaction; a repeated step takes the place of the first. */
  put(runId: string, columns: StepColumns): void {
    this.database.transaction(() => {
      for (let index = 0; index < columns.loss.length; index++) {
        this.database.run(
          sql.replaceInto('steps').values({
            run_id: runId,
            step: columns.from + index,
            loss: finite(columns.loss[index]),
            accuracy: finite(columns.accuracy[index]),
            seconds: finite(columns.seconds[index]),
          }),
        )
      }
    })
  }

  /** The steps from number `from` on, as columns; a step that was never recorded is NaN. */
  columns(runId: string, from: number): StepColumns {
    const rows = this.database.all(
      sql
        .selectFrom('steps')
        .select(['step', 'loss', 'accuracy', 'seconds'])
        .where('run_id', '=', runId)
        .where('step', '>=', from)
        .orderBy('step'),
    )
    const length = rows.length === 0 ? 0 : rows.at(-1)!.step - from + 1
    const column = () => new Float32Array(length).fill(NaN)
    const columns = { from, loss: column(), accuracy: column(), seconds: column() }
    for (const { step, loss, accuracy, seconds } of rows) {
      columns.loss[step - from] = loss ?? NaN
      columns.accuracy[step - from] = accuracy ?? NaN
      columns.seconds[step - from] = seconds ?? NaN
    }
    return columns
  }

  /** Forgets what came after the checkpoint from which a run goes on. */
  deleteAfter(runId: string, step: number): void {
    this.database.run(sql.deleteFrom('steps').where('run_id', '=', runId).where('step', '>', step))
  }
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}
