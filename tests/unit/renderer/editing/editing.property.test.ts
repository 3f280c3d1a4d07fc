import { fc, test } from '@fast-check/vitest'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect } from 'vitest'
import { LAYER_DEFINITIONS } from '#shared/model/layers/index.ts'
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
  shares.flatMap((share) => draft.layers[Math.floor(share * draft.layers.length)]?.id ?? [])

const share = fc.double({ min: 0, max: 0.999, noNaN: true })
const shares = fc.array(share, { minLength: 1, maxLength: 3 })

const edit: fc.Arbitrary<(draft: Draft) => void> = fc.oneof(
  fc.constantFrom(...TYPES).map((type) => (draft: Draft) => draft.add(type)),
  fc.tuple(shares, share).map(([which, where]) => (draft: Draft) => {
    draft.moveTo(idsAt(draft, which), Math.floor(where * (draft.layers.length + 1)))
  }),
  fc.tuple(shares, fc.constantFrom(-1, 1)).map(([which, by]) => (draft: Draft) => {
    draft.move(by as -1 | 1, idsAt(draft, which))
  }),
  shares.map((which) => (draft: Draft) => draft.remove(idsAt(draft, which))),
  shares.map((which) => (draft: Draft) => draft.duplicate(idsAt(draft, which))),
  shares.map((which) => (draft: Draft) => draft.select(idsAt(draft, which)[0] ?? null)),
  shares.map((which) => (draft: Draft) => {
    draft.paste(draft.layers.filter(({ id }) => idsAt(draft, which).includes(id)))
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
    expect(new Set(draft.layers.map(({ id }) => id)).size).toBe(draft.layers.length)
  },
)
