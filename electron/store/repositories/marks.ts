import type { Mark } from '#shared/contract/runs.ts'
import { sql, type Database } from '../database.ts'

/** What a person changed in a run while it was trained. */
export class MarkRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** The last word about a step counts. */
  put(runId: string, { step, learningRate }: Mark): void {
    this.database.run(
      sql
        .insertInto('marks')
        .values({ run_id: runId, step, learning_rate: learningRate })
        .onConflict((conflict) => conflict.columns(['run_id', 'step']).doUpdateSet({ learning_rate: learningRate })),
    )
  }

  list(runId: string): Mark[] {
    return this.database.all(
      sql
        .selectFrom('marks')
        .select(['step', 'learning_rate as learningRate'])
        .where('run_id', '=', runId)
        .orderBy('step'),
    )
  }

  /** Forgets what happened after a step that is trained again. */
  deleteAfter(runId: string, step: number): void {
    this.database.run(sql.deleteFrom('marks').where('run_id', '=', runId).where('step', '>', step))
  }
}
