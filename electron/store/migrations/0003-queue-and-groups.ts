import type { Migration } from '../migrate.ts'

/**
 * Runs may wait for their turn, runs of one network with several seeds belong together, and what was changed in a run
 * while it was trained is kept. SQLite cannot change a CHECK, so the table is made anew.
 */
export const queueAndGroups: Migration = {
  version: 3,
  sql: `
    CREATE TABLE new_runs (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      network TEXT NOT NULL,
      dataset TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('queued', 'starting', 'running', 'paused', 'finished', 'stopped', 'interrupted', 'failed')),
      spec TEXT NOT NULL CHECK (json_valid(spec)),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      provenance TEXT NOT NULL CHECK (json_valid(provenance)),
      epochs INTEGER NOT NULL,
      seed INTEGER NOT NULL,
      backend TEXT,
      parameters INTEGER NOT NULL,
      binary_parameters INTEGER NOT NULL,
      packed_bytes INTEGER NOT NULL,
      step_ms REAL,
      seconds REAL NOT NULL DEFAULT 0,
      message TEXT,
      error_code TEXT,
      created_at TEXT NOT NULL,
      finished_at TEXT,
      removed_at TEXT,
      kept_epoch INTEGER,
      group_id TEXT
    ) STRICT;
    INSERT INTO new_runs SELECT *, NULL FROM runs ORDER BY rowid;
    DROP TABLE runs;
    ALTER TABLE new_runs RENAME TO runs;
    CREATE INDEX runs_by_time ON runs (created_at);

    CREATE TABLE marks (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      step INTEGER NOT NULL CHECK (step >= 0),
      learning_rate REAL NOT NULL,
      PRIMARY KEY (run_id, step)
    ) STRICT, WITHOUT ROWID;
  `,
}
