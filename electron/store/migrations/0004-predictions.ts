import type { Migration } from '../migrate.ts'

/** What a network answered to every test image after an epoch, one byte an image in each column. */
export const predictions: Migration = {
  version: 4,
  sql: `
    CREATE TABLE predictions (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      epoch INTEGER NOT NULL CHECK (epoch >= 1),
      predicted BLOB NOT NULL,
      losses BLOB NOT NULL CHECK (length(losses) = length(predicted)),
      PRIMARY KEY (run_id, epoch)
    ) STRICT;
  `,
}
