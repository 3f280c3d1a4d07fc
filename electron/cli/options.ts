import { Option } from 'commander'
import { SignumError } from '#shared/contract/errors.ts'

/**
 * An option that takes a number. Only its form is looked at here; what a value means, and whether it may be, is known
 * to the lab.
 */
export function numberOption(flags: string, description: string): Option {
  const option = new Option(flags, description)
  return option.argParser((text) => {
    const value = text.trim() === '' ? NaN : Number(text)
    if (Number.isNaN(value) && text.trim().toLowerCase() !== 'nan') {
      throw new SignumError('invalid_settings', `--${option.name()} must be a number (it is "${text}").`)
    }
    return value
  })
}
