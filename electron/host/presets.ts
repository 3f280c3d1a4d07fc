import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { SignumError } from '#shared/contract/errors.ts'
import type { Network } from '#shared/contract/methods.ts'
import { validate } from '#shared/contract/validate.ts'
import { networkSpecSchema } from '#shared/model/spec.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'

const presetSchema = z.strictObject({
  title: z.string(),
  description: z.string(),
  settings: trainingSettingsSchema,
  spec: networkSpecSchema,
  /** Its place in every list of the presets: as the notebook introduces them. */
  order: z.int(),
})

/** The networks that come with the lab: one file each, named as the command line names them. */
export function readPresets(folder: string): Network[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readPreset(join(folder, name)))
    .sort((a, b) => a.order - b.order)
    .map(({ network }) => network)
}

function readPreset(path: string): { order: number; network: Network } {
  try {
    const { order, ...preset } = validate(
      presetSchema,
      JSON.parse(readFileSync(path, 'utf8')),
      'invalid_spec',
      `The preset ${path}`,
    )
    return { order, network: { id: basename(path, '.json'), source: 'preset', ...preset } }
  } catch (cause) {
    if (cause instanceof SignumError) throw cause
    throw new SignumError('file_unreadable', `The preset ${path} cannot be read: ${String(cause)}`, { cause })
  }
}
