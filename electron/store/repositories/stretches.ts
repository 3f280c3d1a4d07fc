import type { Stretch } from '#shared/contract/runs.ts'
import { sql, type Database } from '../database.ts'

/** The stretches of time in which a run was trained. */
export class StretchRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** One that began after the same training time, and in which nothing was trained, is forgotten. */
  put(runId: string, { seconds, beganAt }: Stretch): void {
    this.database.run(sql.replaceInto('stretches').values({ run_id: runId, seconds, began_at: beganAt }))
  }

  list(runId: string): Stretch[] {
    return this.database.all(
      sql
        .selectFrom('stretches')
        .select(['seconds', 'began_at as beganAt'])
        .where('run_id', '=', runId)
        .orderBy('seconds'),
    )
  }

  /** Forgets when was trained what is trained again. */
  deleteAfter(runId: string, seconds: number): void {
    this.database.run(sql.deleteFrom('stretches').where('run_id', '=', runId).where('seconds', '>', seconds))
  }
}
