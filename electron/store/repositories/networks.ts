import { networkSpecSchema, type NetworkSpec } from '#shared/model/spec.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { sql, type Database } from '../database.ts'

/** A network that was saved in Build, with what it is best trained with. */
export interface SavedNetwork {
  readonly id: string
  readonly spec: NetworkSpec
  readonly settings: TrainingSettings
}

export class NetworkRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  /** Saves under the spec's name. The network that had this name keeps its id and is replaced. */
  save(network: SavedNetwork, now: string): SavedNetwork {
    const content = {
      spec: JSON.stringify(network.spec),
      settings: JSON.stringify(network.settings),
      updated_at: now,
    }
    const row = this.database.get(
      sql
        .insertInto('networks')
        .values({ id: network.id, name: network.spec.name, created_at: now, ...content })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(content))
        .returning('id'),
    )
    return { ...network, id: row!.id }
  }

  /** The one saved last first. */
  list(): SavedNetwork[] {
    return this.database
      .all(sql.selectFrom('networks').select(['id', 'spec', 'settings']).orderBy('updated_at', 'desc').orderBy('id'))
      .map(({ id, spec, settings }) => ({
        id,
        spec: networkSpecSchema.parse(JSON.parse(spec)),
        settings: trainingSettingsSchema.parse(JSON.parse(settings)),
      }))
  }

  /** @returns whether there was such a network. */
  delete(id: string): boolean {
    return this.database.run(sql.deleteFrom('networks').where('id', '=', id)) > 0
  }
}
