import { resolve } from 'node:path'

/** The checkout, or the folder the package was installed to. */
export const PROJECT_FOLDER = resolve(import.meta.dirname, '../..')
export const PRESETS_FOLDER = resolve(PROJECT_FOLDER, 'resources/presets')
