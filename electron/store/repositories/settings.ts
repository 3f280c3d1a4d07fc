import { z } from 'zod'
import { sql, type Database } from '../database.ts'

export type Json = z.output<ReturnType<typeof z.json>>

/** Small things the lab remembers, each a JSON value under a key. */
export class SettingsRepository {
  private readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  all(): Record<string, Json> {
    const rows = this.database.all(sql.selectFrom('settings').select(['key', 'value']))
    return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as Json]))
  }

  set(key: string, value: Json): void {
    this.database.run(sql.replaceInto('settings').values({ key, value: JSON.stringify(value) }))
  }
}
