import { expect, test } from 'vitest'
import { newLayer } from '#shared/model/new-layer.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { readBench, writeBench } from '../../../../renderer/editing/archive.ts'
import { toDocument, type Bench } from '../../../../renderer/editing/document.ts'
import { record, redo, startHistory, undo } from '../../../../renderer/editing/history.ts'
import { setParameter } from '../../../../renderer/editing/layers.ts'
import { readRecent, remember } from '../../../../renderer/editing/recent.ts'
import { FakeLab } from '../fakeLab.ts'

const origin = new FakeLab().presets[1]!
const start = startHistory(toDocument(origin.spec, origin.settings))

/** A bench with `steps` steps, the last one undone. */
function benchWith(steps: number): Bench {
  let history = start
  for (let step = 0; step < steps; step++) {
    const layers = setParameter(history.present.layers, 'conv1', 'outChannels', step + 1)
    history = record(history, { ...history.present, layers }, { label: `step ${step}`, at: step })
  }
  return { origin, history: undo(history) }
}

test('a bench comes back with its origin and every step to both sides', () => {
  const bench = benchWith(30)
  const back = readBench(writeBench(bench))
  expect(back).toEqual(bench)
  expect(redo(back.history).present).toEqual(redo(bench.history).present)
})

test('a number that is not typed yet stays so', () => {
  const layers = setParameter(start.present.layers, 'conv2', 'kernelSize', NaN)
  const history = startHistory({ ...start.present, layers })
  expect(readBench(writeBench({ origin: null, history })).history.present.layers).toEqual(layers)
})

test('what documents share is written once', () => {
  expect(writeBench(benchWith(200)).length).toBeLessThan(200 * 600)
})

test('of a history too long to keep, the last 200 steps are kept', () => {
  const name = 'n'.repeat(120)
  let history = start
  for (let step = 0; step < 6000; step++) {
    history = {
      ...history,
      past: [...history.past, { label: `${name}${step}`, document: start.present, burst: null, at: step }],
    }
  }
  const { past } = readBench(writeBench({ origin, history })).history
  expect(past).toHaveLength(200)
  expect(past.at(-1)?.label).toBe(`${name}5999`)
})

test('parameters that a layer has gained since get their defaults', () => {
  const text = writeBench({
    origin: null,
    history: startHistory({ ...start.present, layers: [newLayer('Dropout', [])] }),
  })
  const { present } = readBench(text.replace('"p":0.5', '"q":1')).history
  expect(present.layers[0]).toMatchObject({ type: 'Dropout', p: 0.5 })
})

test('an optimiser that was kept by its name has its defaults, and what was wrong with it stays to be put right', () => {
  const text = writeBench({ origin: null, history: start })
  const named = (optimizer: unknown) =>
    readBench(text.replace('"optimizer":{"type":"adam"}', `"optimizer":${JSON.stringify(optimizer)}`)).history.present
  expect(named('sgd').settings.optimizer).toEqual({ type: 'sgd', momentum: 0, nesterov: false })
  expect(named({ type: 'sgd', momentum: 7 }).settings.optimizer).toEqual({ type: 'sgd', momentum: 7 })
})

test.each(['', 'no json', '{}', '{"version":2}'])('%j is no bench', (text) => {
  expect(() => readBench(text)).toThrow()
})

test('recent networks are remembered once each, the last first, nine of them', () => {
  const settings = trainingSettingsSchema.parse({})
  const bench = (name: string): Bench => ({
    origin: null,
    history: startHistory(toDocument({ ...origin.spec, name }, settings)),
  })
  let recent = readRecent(undefined)
  for (const name of ['a', 'b', 'a', ...Array.from({ length: 9 }, (_, index) => `n${index}`), 'n3']) {
    recent = remember(recent, bench(name))
  }
  expect(recent.map(({ name }) => name)).toEqual(['n3', 'n8', 'n7', 'n6', 'n5', 'n4', 'n2', 'n1', 'n0'])
  expect(readRecent(JSON.stringify([...recent, { name: 'broken', bench: '{}' }]))).toEqual(recent)
  expect(readRecent('no json')).toEqual([])
})
