import type { Migration } from '../migrate.ts'

/** Early stopping ends a run with the weights of its best epoch. */
export const keptEpoch: Migration = {
  version: 2,
  sql: 'ALTER TABLE runs ADD COLUMN kept_epoch INTEGER',
}
