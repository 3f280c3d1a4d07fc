import type { Epoch } from '#shared/contract/runs.ts'
import { sql, type Database } from '../database.ts'

/** What was measured at the end of each epoch. */
export class EpochRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** A repeated epoch, after a resume, takes the place of the first. */
  put(runId: string, epoch: Epoch): void {
    this.database.run(
      sql.replaceInto('epochs').values({
        run_id: runId,
        epoch: epoch.epoch,
        train_loss: epoch.trainLoss,
        train_accuracy: epoch.trainAccuracy,
        test_loss: epoch.testLoss,
        test_accuracy: epoch.testAccuracy,
        validation_loss: epoch.validationLoss ?? null,
        validation_accuracy: epoch.validationAccuracy ?? null,
        seconds: epoch.seconds,
      }),
    )
  }

  list(runId: string): Epoch[] {
    const rows = this.database.all(
      sql
        .selectFrom('epochs')
        .select([
          'epoch',
          'train_loss as trainLoss',
          'train_accuracy as trainAccuracy',
          'test_loss as testLoss',
          'test_accuracy as testAccuracy',
          'validation_loss as validationLoss',
          'validation_accuracy as validationAccuracy',
          'seconds',
        ])
        .where('run_id', '=', runId)
        .orderBy('epoch'),
    )
    return rows.map(({ validationLoss, validationAccuracy, ...epoch }) =>
      validationLoss === null || validationAccuracy === null ? epoch : { ...epoch, validationLoss, validationAccuracy },
    )
  }

  /** Forgets what came after the checkpoint from which a run goes on. */
  deleteAfter(runId: string, epoch: number): void {
    this.database.run(sql.deleteFrom('epochs').where('run_id', '=', runId).where('epoch', '>', epoch))
  }
}
