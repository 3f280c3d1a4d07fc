import type { Predictions } from '#shared/predictions/predictions.ts'
import { sql, type Database } from '../database.ts'

/** Its bytes are its own. */
export interface StoredPredictions extends Predictions {
  readonly predicted: Uint8Array<ArrayBuffer>
  readonly losses: Uint8Array<ArrayBuffer>
}

/** What networks answered to every test image after their epochs. */
export class PredictionRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** A repeated epoch, after a resume, takes the place of the first. */
  put(runId: string, epoch: number, { predicted, losses }: Predictions): void {
    this.database.run(sql.replaceInto('predictions').values({ run_id: runId, epoch, predicted, losses }))
  }

  get(runId: string, epoch: number): StoredPredictions | undefined {
    const row = this.database.get(
      sql
        .selectFrom('predictions')
        .select(['predicted', 'losses'])
        .where('run_id', '=', runId)
        .where('epoch', '=', epoch),
    )
    // Of its own memory: a Buffer of SQLite's may be part of a larger one, which would travel with it.
    return row && { predicted: new Uint8Array(row.predicted), losses: new Uint8Array(row.losses) }
  }

  epochs(runId: string): number[] {
    const query = sql.selectFrom('predictions').select('epoch').where('run_id', '=', runId).orderBy('epoch')
    return this.database.all(query).map(({ epoch }) => epoch)
  }

  /** Forgets what came after the checkpoint from which a run goes on. */
  deleteAfter(runId: string, epoch: number): void {
    this.database.run(sql.deleteFrom('predictions').where('run_id', '=', runId).where('epoch', '>', epoch))
  }
}
