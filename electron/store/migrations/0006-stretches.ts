import type { Migration } from '../migrate.ts'

/** When runs were at work, which their training time, with its pauses left out, does not tell. */
export const stretches: Migration = {
  version: 6,
  sql: `
    CREATE TABLE stretches (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      seconds REAL NOT NULL CHECK (seconds >= 0),
      began_at TEXT NOT NULL,
      PRIMARY KEY (run_id, seconds)
    ) STRICT, WITHOUT ROWID;
  `,
}
