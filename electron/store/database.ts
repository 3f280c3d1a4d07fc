import BetterSqlite from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely'
import { translate } from './sqlite-errors.ts'
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
    return this.execute(query, (statement, parameters) => statement.all(...parameters) as Row[])
  }

  get<Row>(query: Compilable<Row>): Row | undefined {
    return this.execute(query, (statement, parameters) => statement.get(...parameters) as Row | undefined)
  }

  /** @returns how many rows were changed. */
  run(query: Compilable): number {
    return this.execute(query, (statement, parameters) => statement.run(...parameters).changes)
  }

  /**
   * All of `work` or nothing. Takes the write lock at once, so it cannot fail halfway for want of it.
   *
   * @throws SignumError as `translate` tells, when the file is the trouble.
   */
  transaction<Result>(work: () => Result): Result {
    try {
      return this.connection.transaction(work).immediate()
    } catch (error) {
      throw translate(error, this.connection.name)
    }
  }

  pragma<Value = unknown>(text: string): Value {
    return this.connection.pragma(text, { simple: true }) as Value
  }

  close(): void {
    this.connection.close()
  }

  private execute<Result>(
    query: Compilable,
    use: (statement: BetterSqlite.Statement, parameters: readonly unknown[]) => Result,
  ): Result {
    const { sql: text, parameters } = query.compile()
    try {
      return use(this.prepare(text), parameters)
    } catch (error) {
      throw translate(error, this.connection.name)
    }
  }

  private prepare(text: string): BetterSqlite.Statement {
    const known = this.statements.get(text)
    if (known) return known
    const statement = this.connection.prepare(text)
    this.statements.set(text, statement)
    return statement
  }
}
