import { z } from '../../zod.ts'
import { LIMITS } from '../limits.ts'
import { inputQuantizerSchema, weightQuantizerSchema } from '../quantizers/index.ts'

/** Parameters that several layers share, each stated once with its bounds and PyTorch's or bitorch's default. */
export const outChannels = z.int().min(1).max(LIMITS.channels)
export const outFeatures = z.int().min(1).max(LIMITS.features)
export const kernelSize = z.int().min(1).max(LIMITS.kernelSize)
export const stride = z.int().min(1).max(LIMITS.kernelSize).default(1)
export const padding = z.int().min(0).max(LIMITS.kernelSize).default(0)

/**
 * Every group of output channels reads a group of input channels of its own; as many groups as channels make the
 * convolution depthwise.
 */
export const groups = z.int().min(1).max(LIMITS.channels).default(1)

/** What a binary convolution puts around the image: bitorch's default is -1, larq's 0. */
export const paddingValue = z.union([z.literal(-1), z.literal(0), z.literal(1)]).default(-1)

/** How a layer quantizes its input, and its weights. */
export const inputQuantizer = inputQuantizerSchema.default('sign')
export const weightQuantizer = weightQuantizerSchema.default('sign')

/** |x| above which no gradient passes, whatever the quantizer's own; `null` passes all of it. */
export const gradientCancellationThreshold = z.number().positive().nullable().default(1)

/** Latent weights are kept in [-weightClip, weightClip] after every step; `null` (as in bitorch) lets them grow. */
export const weightClip = z.number().positive().nullable().default(null)
