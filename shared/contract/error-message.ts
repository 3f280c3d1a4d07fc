import { z } from '../zod.ts'
import { ERROR_CODES, type ErrorMessage } from './errors.ts'

/** An error as it comes from another process. (Apart from errors.ts, which must stay loadable without zod.) */
export const errorMessageSchema = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  field: z.string().optional(),
  layerId: z.string().optional(),
}) satisfies z.ZodType<ErrorMessage>
