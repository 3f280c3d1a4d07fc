import type { Migration } from '../migrate.ts'

export const first: Migration = {
  version: 1,
  sql: `
    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      network TEXT NOT NULL,
      dataset TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('starting', 'running', 'paused', 'finished', 'stopped', 'interrupted', 'failed')),
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
      removed_at TEXT
    ) STRICT;
    CREATE INDEX runs_by_time ON runs (created_at);

    CREATE TABLE epochs (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      train_loss REAL NOT NULL,
      train_accuracy REAL NOT NULL,
      test_loss REAL NOT NULL,
      test_accuracy REAL NOT NULL,
      seconds REAL NOT NULL,
      PRIMARY KEY (run_id, epoch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE steps (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      step INTEGER NOT NULL CHECK (step >= 1),
      loss REAL,
      accuracy REAL,
      seconds REAL,
      PRIMARY KEY (run_id, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE networks (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      spec TEXT NOT NULL CHECK (json_valid(spec)),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE settings (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT;
  `,
}
