import { readFileSync } from 'node:fs'
import { parseNetworkSpec } from '#shared/model/parse.ts'
import type { NetworkSpec } from '#shared/model/spec.ts'

/** The network of a preset. */
export function presetSpec(name: string): NetworkSpec {
  const file = new URL(`../../../resources/presets/${name}.json`, import.meta.url)
  return parseNetworkSpec((JSON.parse(readFileSync(file, 'utf8')) as { spec: unknown }).spec)
}
