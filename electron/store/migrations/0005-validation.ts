import type { Migration } from '../migrate.ts'

/** What was measured on the training images that are held out, where any are. */
export const validation: Migration = {
  version: 5,
  sql: `
    ALTER TABLE epochs ADD COLUMN validation_loss REAL;
    ALTER TABLE epochs ADD COLUMN validation_accuracy REAL;
  `,
}
