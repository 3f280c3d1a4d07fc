import { z } from '../../zod.ts'

/** Parameters that several quantizers share. */

/** Width of a quantized value: 2^bits levels. bitorch starts with 1, larq's activations with 2. */
export const bits = z.int().min(1).max(8).default(1)

/**
 * What stands for DoReFa's gradient: `identity` passes all of it, as bitorch does; `derivative` is that of everything
 * but the rounding, as in DoReFa-Net and larq.
 */
export const dorefaGradient = z.enum(['identity', 'derivative']).default('identity')

/** |x| above which no gradient passes; `null` passes all of it. */
export const clip = z.number().positive().nullable().default(1)
