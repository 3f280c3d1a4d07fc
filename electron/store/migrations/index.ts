import type { Migration } from '../migrate.ts'
import { first } from './0001-first.ts'
import { keptEpoch } from './0002-kept-epoch.ts'
import { queueAndGroups } from './0003-queue-and-groups.ts'
import { predictions } from './0004-predictions.ts'
import { validation } from './0005-validation.ts'
import { stretches } from './0006-stretches.ts'

/** Every step from an empty file to today's schema, in order. One that was released is never changed again. */
export const MIGRATIONS: readonly Migration[] = [first, keptEpoch, queueAndGroups, predictions, validation, stretches]
