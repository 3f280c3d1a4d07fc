import { fc, test } from '@fast-check/vitest'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
import { everyLayer, isBlock, type Place } from '#shared/model/tree.ts'
import { useDraftStore } from '../../../../renderer/stores/draft.ts'
import { FakeLab } from '../fakeLab.ts'

const TYPES = LAYER_DEFINITIONS.map(({ type }) => type)
const [fullPrecision] = new FakeLab().presets

beforeEach(() => {
  setActivePinia(createPinia())
})

type Draft = ReturnType<typeof useDraftStore>

/** Picks layers by share of the stack, so that every sequence means something for every network. */
const idsAt = (draft: Draft, shares: readonly number[]) =>
  shares.flatMap((share) => {
    const all = [...everyLayer(draft.layers)]
    return all[Math.floor(share * all.length)]?.id ?? []
  })

/** A place in one of the stacks. */
function placeAt(draft: Draft, [stack, where]: readonly [number, number]): Place {
  const blocks = [null, ...[...everyLayer(draft.layers)].filter(isBlock)]
  const block = blocks[Math.floor(stack * blocks.length)]!
  return { block: block?.id ?? null, index: Math.floor(where * ((block ?? draft).layers.length + 1)) }
}

const share = fc.double({ min: 0, max: 0.999, noNaN: true })
const shares = fc.array(share, { minLength: 1, maxLength: 3 })

const edit: fc.Arbitrary<(draft: Draft) => void> = fc.oneof(
  fc.constantFrom(...TYPES).map((type) => (draft: Draft) => draft.add(type)),
  fc
    .tuple(fc.constantFrom(...TYPES, 'Residual' as const), fc.tuple(share, share))
    .map(([type, where]) => (draft: Draft) => {
      draft.add(type, placeAt(draft, where))
    }),
  fc.tuple(shares, fc.tuple(share, share)).map(([which, where]) => (draft: Draft) => {
    draft.moveTo(idsAt(draft, which), placeAt(draft, where))
  }),
  fc.tuple(share, fc.boolean()).map(([which, folds]) => (draft: Draft) => {
    const [id] = idsAt(draft, [which])
    if (id) draft.fold(id, folds)
  }),
  fc.tuple(shares, fc.constantFrom(-1, 1)).map(([which, by]) => (draft: Draft) => {
    draft.move(by as -1 | 1, idsAt(draft, which))
  }),
  shares.map((which) => (draft: Draft) => draft.remove(idsAt(draft, which))),
  shares.map((which) => (draft: Draft) => draft.duplicate(idsAt(draft, which))),
  shares.map((which) => (draft: Draft) => draft.select(idsAt(draft, which)[0] ?? null)),
  shares.map((which) => (draft: Draft) => {
    draft.paste(draft.outermost(idsAt(draft, which)))
  }),
  fc.tuple(share, fc.constantFrom(1, 3, NaN)).map(([which, value]) => (draft: Draft) => {
    const [id] = idsAt(draft, [which])
    if (id) draft.setParameter(id, 'kernelSize', value)
  }),
  fc.string({ maxLength: 5 }).map((name) => (draft: Draft) => (draft.name = name)),
  fc.constantFrom(0, 1, 20).map((epochs) => (draft: Draft) => draft.setSetting('epochs', epochs)),
)

test.prop([fc.array(edit, { maxLength: 30 })], { numRuns: 60 })(
  'any sequence of edits, undone, gives the first document back, and redone the last',
  (edits) => {
    const draft = useDraftStore()
    draft.open(fullPrecision!)
    const first = draft.document
    for (const apply of edits) apply(draft)
    const last = draft.document
    const steps = draft.history.past.length
    while (draft.undoLabel) draft.undo()
    expect(draft.document).toEqual(first)
    expect(draft.history.future).toHaveLength(steps)
    while (draft.redoLabel) draft.redo()
    expect(draft.document).toEqual(last)
    const ids = [...everyLayer(draft.layers)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  },
)
