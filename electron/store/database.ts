import BetterSqlite from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Typed SQL. Kysely only writes it; `Database` runs it synchronously, because better-sqlite3's transactions are
 * synchronous and a report of the engine must be on disk before the next one is read.
 */
export const sql = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** One open connection. Statements are prepared once and kept. */
export class Database {
  readonly connection: BetterSqlite.Database
  private readonly statements = new Map<string, BetterSqlite.Statement>()

  constructor(path: string, options: { readonly?: boolean } = {}) {
    this.connection = new BetterSqlite(path, { readonly: options.readonly ?? false })
  }

  all<Row>(query: Compilable<Row>): Row[] {
    const { statement, parameters } = this.prepare(query)
    return statement.all(...parameters) as Row[]
  }

  get<Row>(query: Compilable<Row>): Row | undefined {
    const { statement, parameters } = this.prepare(query)
    return statement.get(...parameters) as Row | undefined
  }

  /** @returns how many rows were changed. */
  run(query: Compilable): number {
    const { statement, parameters } = this.prepare(query)
    return statement.run(...parameters).changes
  }

  /** All of `work` or nothing. Takes the write lock at once, so it cannot fail halfway for want of it. */
  transaction<Result>(work: () => Result): Result {
    return this.connection.transaction(work).immediate()
  }

  pragma<Value = unknown>(text: string): Value {
    return this.connection.pragma(text, { simple: true }) as Value
  }

  close(): void {
    this.connection.close()
  }

  private prepare(query: Compilable): { statement: BetterSqlite.Statement; parameters: readonly unknown[] } {
    const { sql: text, parameters } = query.compile()
    let statement = this.statements.get(text)
    if (!statement) {
      statement = this.connection.prepare(text)
      this.statements.set(text, statement)
    }
    return { statement, parameters }
  }
}
