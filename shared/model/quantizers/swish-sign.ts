import { z } from '../../zod.ts'
import { defineQuantizer, signOf, SIGNS } from './definition.ts'

/** cosh beyond this is no double any more, and the gradient no more than 0. */
const LARGEST = 700

/** The derivative of SignSwish: BNN+ (Darabi et al., 2018), equation 7; bitorch's and larq's SwishSign. */
export const SwishSign = defineQuantizer({
  type: 'swishsign',
  title: 'SwishSign',
  summary: 'Sign, with a smooth gradient that is steep at zero and slightly negative further out.',
  parameters: {
    /** The gradient is β at zero; the larger β, the narrower it gets. */
    beta: z.number().positive().max(100).default(5),
  },
  produces: () => SIGNS,
  forward: signOf,
  gradient: (x, { beta }) => {
    const z = Math.max(-LARGEST, Math.min(LARGEST, beta * x))
    return (beta * (2 - z * Math.tanh(z / 2))) / (1 + Math.cosh(z))
  },
})
