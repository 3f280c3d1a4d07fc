import type { ValidRequestOf } from '#shared/contract/methods.ts'
import type { NetworkTotals } from '#shared/model/analyse.ts'
import { sumOf } from '#shared/model/cost.ts'
import type { HostContext } from '../context.ts'
import { newId } from '../ids.ts'
import { initialProvenance } from '../provenance.ts'
import { freeName } from './free-name.ts'

/** Seeds are unsigned 32-bit numbers; the one after the last is the first. */
const SEEDS = 2 ** 32

/**
 * Puts a run into the store, or as many as are asked for: each has the seed after the last one's, and they share a group.
 *
 * @returns their ids in the order of their seeds.
 */
export function createRuns(
  { application, store }: Pick<HostContext, 'application' | 'store'>,
  { spec, settings, name, repeats }: ValidRequestOf<'runs.start'>,
  { parameters, packedBytes }: NetworkTotals,
): string[] {
  // The runs of a group have its name in common, which is as much taken as their own.
  const taken = store.runs
    .list()
    .flatMap((run) => (run.groupId === null ? run.name : [run.name, run.name.replace(seedWords(run.seed), '')]))
  const title = name ?? freeName(spec.name, taken)
  const groupId = repeats > 1 ? newId() : null
  const createdAt = Date.now()
  return store.transaction(() =>
    Array.from({ length: repeats }, (_, index) => {
      const id = newId()
      const seed = (settings.seed + index) % SEEDS
      store.runs.insert(
        {
          id,
          name: repeats > 1 ? `${title}${seedWords(seed)}` : title,
          spec,
          settings: { ...settings, seed },
          provenance: initialProvenance(spec, application),
          parameters: sumOf(parameters),
          binaryParameters: parameters[1],
          packedBytes,
          groupId,
        },
        // Listed newest first, the runs of a group stand in the order of their seeds' creation.
        new Date(createdAt + index).toISOString(),
      )
      return id
    }),
  )
}

const seedWords = (seed: number) => `, seed ${seed}`
