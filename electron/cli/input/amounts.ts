import { SignumError } from '#shared/contract/errors.ts'

/**
 * Numbers by name, such as "shift=2,rotation=10".
 *
 * @throws SignumError `invalid_settings`, naming the part that cannot be read and the names there are.
 */
export function parseAmounts(option: string, text: string, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value = ''] = part.split('=').map((word) => word.trim())
      if (names.includes(name) && value !== '' && !Number.isNaN(Number(value))) return [name, Number(value)]
      throw new SignumError(
        'invalid_settings',
        `--${option} cannot read "${part.trim()}". Write numbers for ${names.join(', ')}, such as "${names[0]}=1,${names[1]}=5", or "off".`,
      )
    }),
  )
}
