import { z } from '../zod.ts'

/** Every way in which the lab can refuse or fail, as seen by a program. People read the sentence that comes with it. */
export const ERROR_CODES = [
  'invalid_request',
  'unknown_method',
  'unknown_preset',
  'invalid_spec',
  'invalid_shape',
  'invalid_settings',
  'unknown_dataset',
  'dataset_missing',
  'invalid_image',
  'blank_image',
  'run_not_found',
  'run_not_resumable',
  'run_not_usable',
  'network_not_found',
  'file_unreadable',
  'file_unwritable',
  'data_folder_unwritable',
  'data_folder_busy',
  'database_damaged',
  'database_too_new',
  'checkpoint_damaged',
  'port_in_use',
  'backend_unavailable',
  'diverged',
  'out_of_memory',
  'engine_died',
  'engine_stalled',
  'cancelled',
  'disconnected',
  'not_supported',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** Where in the input the mistake stands, so that the window can show the sentence there. */
export interface ErrorPlace {
  /** Path of the field, such as `settings.learningRate`. */
  readonly field?: string
  /** Id of the layer that is wrong. */
  readonly layerId?: string
}

/**
 * The one error that crosses boundaries: a code from a closed set and a sentence that names the value and the fix.
 */
export class SignumError extends Error {
  readonly code: ErrorCode
  readonly place: ErrorPlace

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { place?: ErrorPlace } = {}) {
    super(message, { cause: options.cause })
    this.name = 'SignumError'
    this.code = code
    this.place = options.place ?? {}
  }
}

/** A `SignumError` as plain data, as it travels between processes and stands in `--json` output. */
export interface ErrorMessage extends ErrorPlace {
  readonly code: ErrorCode
  readonly message: string
}

/** The same, checked when it comes from another process. */
export const errorMessageSchema = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  field: z.string().optional(),
  layerId: z.string().optional(),
}) satisfies z.ZodType<ErrorMessage>

/** Any thrown value as plain data; what is no `SignumError` becomes `internal`. */
export function toErrorMessage(error: unknown): ErrorMessage {
  if (error instanceof SignumError) return { code: error.code, message: error.message, ...error.place }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}

export function fromErrorMessage({ code, message, ...place }: ErrorMessage): SignumError {
  return new SignumError(code, message, { place })
}
