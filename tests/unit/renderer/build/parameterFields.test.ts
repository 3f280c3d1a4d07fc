import { expect, test } from 'vitest'
import type { z } from 'zod'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { PARAMETER_FIELDS } from '../../../../renderer/features/build/parameterFields.ts'

const parameters = LAYER_DEFINITIONS.flatMap((definition) =>
  Object.entries<z.ZodType>(definition.parameters).map(([name, schema]) => ({ type: definition.type, name, schema })),
)

test.each(parameters)('$type’s $name can be edited', ({ name, schema }) => {
  const field = PARAMETER_FIELDS[name]
  expect(field).toBeDefined()
  if (field?.kind === 'choice') {
    for (const { value } of field.options) expect(schema.safeParse(value).success).toBe(true)
  }
  if (field?.kind === 'switch') expect(schema.safeParse(true).success).toBe(true)
  // What can be empty must say what empty means.
  if (schema.safeParse(null).success) expect(field?.kind).toBe('optional number')
})
