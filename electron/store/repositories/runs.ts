import { sql as raw } from 'kysely'
import type { ErrorCode } from '#shared/contract/errors.ts'
import { provenanceSchema, type Provenance, type RunStatus, type RunSummary } from '#shared/contract/runs.ts'
import { networkSpecSchema, type NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { sql, type Database } from '../database.ts'

/** A run as it is created: nothing trained yet, waiting for its turn. */
export interface NewRun {
  readonly id: string
  readonly name: string
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
  readonly provenance: Provenance
  readonly parameters: number
  readonly binaryParameters: number
  readonly packedBytes: number
  /** Of the runs that differ from this one by their seed only; null where it stands alone. */
  readonly groupId: string | null
}

/** What may change of a run while it is trained. Absent fields stay as they are. */
export interface RunChange {
  readonly status?: RunStatus
  readonly name?: string
  readonly seconds?: number
  readonly stepMs?: number
  readonly keptEpoch?: number | null
  readonly message?: string | null
  readonly errorCode?: ErrorCode | null
  readonly finishedAt?: string | null
  readonly removedAt?: string | null
  readonly provenance?: Provenance
}

/** What a run was started with, and what it was trained on. */
export interface RunRecord {
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
  readonly provenance: Provenance
  readonly stepMs: number | null
  /** The epoch whose weights the run has, where early stopping has chosen it. */
  readonly keptEpoch: number | null
}

export interface RunFilter {
  readonly search?: string | undefined
  readonly status?: RunStatus | undefined
}

/** The table of runs. Hidden runs are found only by the methods that say so. */
export class RunRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  insert(run: NewRun, createdAt: string): void {
    this.database.run(
      sql.insertInto('runs').values({
        id: run.id,
        name: run.name,
        network: run.spec.name,
        dataset: run.settings.dataset,
        status: 'queued',
        spec: JSON.stringify(run.spec),
        settings: JSON.stringify(run.settings),
        provenance: JSON.stringify(run.provenance),
        epochs: run.settings.epochs,
        seed: run.settings.seed,
        parameters: run.parameters,
        binary_parameters: run.binaryParameters,
        packed_bytes: run.packedBytes,
        created_at: createdAt,
        group_id: run.groupId,
      }),
    )
  }

  /** @returns whether there is such a run. */
  update(id: string, change: RunChange): boolean {
    const { provenance } = change
    const query = sql.updateTable('runs').where('id', '=', id)
    return (
      this.database.run(
        query.set({
          status: change.status,
          name: change.name,
          seconds: change.seconds,
          step_ms: change.stepMs,
          kept_epoch: change.keptEpoch,
          message: change.message,
          error_code: change.errorCode,
          finished_at: change.finishedAt,
          removed_at: change.removedAt,
          ...(provenance && { provenance: JSON.stringify(provenance), backend: provenance.backend }),
        }),
      ) > 0
    )
  }

  /** Newest first. */
  list(filter: RunFilter = {}): RunSummary[] {
    let query = summaries().where('removed_at', 'is', null)
    if (filter.status) query = query.where('status', '=', filter.status)
    if (filter.search?.trim()) {
      const pattern = `%${filter.search.trim().replace(/[\\%_]/g, '\\$&')}%`
      query = query.where((where) =>
        where.or(
          (['id', 'name', 'network', 'dataset'] as const).map(
            (column) => raw<boolean>`${where.ref(column)} LIKE ${pattern} ESCAPE '\\'`,
          ),
        ),
      )
    }
    return this.database.all(query)
  }

  /** Also finds a hidden run. */
  summary(id: string): RunSummary | undefined {
    return this.database.get(summaries().where('id', '=', id))
  }

  record(id: string): RunRecord | undefined {
    const row = this.database.get(
      sql.selectFrom('runs').select(['spec', 'settings', 'provenance', 'step_ms', 'kept_epoch']).where('id', '=', id),
    )
    return (
      row && {
        spec: networkSpecSchema.parse(JSON.parse(row.spec)),
        settings: trainingSettingsSchema.parse(JSON.parse(row.settings)),
        provenance: provenanceSchema.parse(JSON.parse(row.provenance)),
        stepMs: row.step_ms,
        keptEpoch: row.kept_epoch,
      }
    )
  }

  isHidden(id: string): boolean {
    const row = this.database.get(sql.selectFrom('runs').select('removed_at').where('id', '=', id))
    return row !== undefined && row.removed_at !== null
  }

  newestId(): string | undefined {
    return this.database.get(summaries().where('removed_at', 'is', null).limit(1))?.id
  }

  /** Ids that begin with `prefix`: all of them hidden, or none. */
  idsBeginning(prefix: string, which: { hidden: boolean }): string[] {
    const pattern = `${prefix.replace(/[\\%_]/g, '\\$&')}%`
    const query = sql
      .selectFrom('runs')
      .select('id')
      .where(raw<boolean>`id LIKE ${pattern} ESCAPE '\\'`)
      .where('removed_at', which.hidden ? 'is not' : 'is', null)
    return this.database.all(query).map(({ id }) => id)
  }

  /** Runs that an engine should be at work for, hidden or not. */
  activeIds(): string[] {
    const query = sql.selectFrom('runs').select('id').where('status', 'in', ['starting', 'running', 'paused'])
    return this.database.all(query).map(({ id }) => id)
  }

  /** Runs that wait for their turn, hidden or not. */
  queuedIds(): string[] {
    return this.database.all(sql.selectFrom('runs').select('id').where('status', '=', 'queued')).map(({ id }) => id)
  }

  idsHiddenBefore(time: string): string[] {
    return this.database.all(sql.selectFrom('runs').select('id').where('removed_at', '<', time)).map(({ id }) => id)
  }

  /** Forgets a run with its epochs and steps. */
  delete(id: string): void {
    this.database.run(sql.deleteFrom('runs').where('id', '=', id))
  }
}

/** What the epochs say about a run is read from them, so that the two cannot disagree. */
function summaries() {
  return sql
    .selectFrom('runs')
    .select([
      'id',
      'name',
      'network',
      'status',
      'dataset',
      'epochs',
      'parameters',
      'binary_parameters as binaryParameters',
      'packed_bytes as packedBytes',
      'seed',
      'backend',
      'created_at as createdAt',
      'finished_at as finishedAt',
      'seconds',
      'message',
      'error_code as errorCode',
      'group_id as groupId',
    ])
    .select([
      raw<number>`coalesce((SELECT max(epoch) FROM epochs WHERE run_id = runs.id), 0)`.as('epochsDone'),
      bestTestAccuracy().as('bestTestAccuracy'),
      finalEpoch('test_accuracy').as('testAccuracy'),
      finalEpoch('train_loss').as('trainLoss'),
    ])
    .orderBy('created_at', 'desc')
    .orderBy(raw`rowid`, 'desc')
}

/** Of the epoch that was best on the images that are held out, on the test images where none are. */
function bestTestAccuracy() {
  return raw<number | null>`(
    SELECT test_accuracy FROM epochs WHERE run_id = runs.id
    ORDER BY coalesce(validation_accuracy, test_accuracy) DESC, epoch LIMIT 1
  )`
}

/** Of the epoch whose weights the run has: the last, unless an earlier one was kept. */
function finalEpoch(column: 'test_accuracy' | 'train_loss') {
  return raw<number | null>`(
    SELECT ${raw.ref(column)} FROM epochs
    WHERE run_id = runs.id AND epoch <= coalesce(runs.kept_epoch, epoch) ORDER BY epoch DESC LIMIT 1
  )`
}
