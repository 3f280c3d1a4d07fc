import type { Generated } from 'kysely'
import type { ErrorCode } from '#shared/contract/errors.ts'
import type { RunStatus } from '#shared/contract/runs.ts'

/** JSON text, checked by the repository that reads it. */
type Json = string
/** ISO 8601, UTC: sorts as text. */
type Timestamp = string

export interface RunsTable {
  id: string
  name: string
  network: string
  dataset: string
  status: RunStatus
  spec: Json
  settings: Json
  provenance: Json
  epochs: number
  seed: number
  backend: string | null
  parameters: number
  binary_parameters: number
  packed_bytes: number
  step_ms: number | null
  /** The epoch whose weights the run ended with, where that is not the last. */
  kept_epoch: number | null
  /** Training time, pauses left out. */
  seconds: Generated<number>
  message: string | null
  error_code: ErrorCode | null
  created_at: Timestamp
  finished_at: Timestamp | null
  /** When the run was hidden; cleared out 30 days later. */
  removed_at: Timestamp | null
  /** Runs of one network that differ by their seed share it. */
  group_id: string | null
}

export interface MarksTable {
  run_id: string
  /** Steps done when it was changed. */
  step: number
  learning_rate: number
}

export interface StretchesTable {
  run_id: string
  /** Training time before it, pauses left out. */
  seconds: number
  began_at: Timestamp
}

export interface EpochsTable {
  run_id: string
  epoch: number
  train_loss: number
  train_accuracy: number
  test_loss: number
  test_accuracy: number
  /** NULL where no images are held out. */
  validation_loss: number | null
  validation_accuracy: number | null
  seconds: number
}

/** SQLite has no NaN: a value that is none is stored as NULL. */
export interface StepsTable {
  run_id: string
  step: number
  loss: number | null
  accuracy: number | null
  seconds: number | null
}

/** One byte a test image in each column. */
export interface PredictionsTable {
  run_id: string
  epoch: number
  predicted: Uint8Array
  losses: Uint8Array
}

export interface NetworksTable {
  id: string
  name: string
  spec: Json
  settings: Json
  created_at: Timestamp
  updated_at: Timestamp
}

export interface SettingsTable {
  key: string
  value: Json
}

export interface Schema {
  runs: RunsTable
  epochs: EpochsTable
  steps: StepsTable
  marks: MarksTable
  stretches: StretchesTable
  predictions: PredictionsTable
  networks: NetworksTable
  settings: SettingsTable
}
