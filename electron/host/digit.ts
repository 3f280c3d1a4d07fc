import { SignumError } from '#shared/contract/errors.ts'
import { DIGIT_SIDE } from '#shared/contract/methods.ts'

/** @throws SignumError `invalid_image` or `blank_image` for what is no digit of 28×28 bytes. */
export function requireDigit(pixels: Uint8Array): void {
  const size = DIGIT_SIDE * DIGIT_SIDE
  if (pixels.length !== size) {
    throw new SignumError('invalid_image', `A digit has ${size} pixels (28×28), not ${pixels.length}.`)
  }
  if (pixels.every((value) => value === 0)) {
    throw new SignumError('blank_image', 'The image is blank. Draw a digit first.')
  }
}
