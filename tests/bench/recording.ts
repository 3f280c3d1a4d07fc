/**
 * What it costs to record a run's weights: training steps with it and without, in turns, and the frames by themselves.
 *
 *     node tests/bench/recording.ts [--network lenet-binary | spec.json] [--dataset mnist] [--epochs 10] [--rounds 10]
 *         [--threads 2] [--steps 20] [--backends tensorflow,native] [--json]
 *
 * Ratios are taken within each turn. The whole cost is that of counting flips after every step and of the run's frames.
 */
import { parseArgs } from 'node:util'
import { byRound } from '#electron/engine/benchmark/spread.ts'
import { startContestant, type Contestant, type Turn } from './support/contestant.ts'
import { instructionSets, ownProgram } from './support/programs.ts'

const { values } = parseArgs({
  options: {
    network: { type: 'string', default: 'lenet-binary' },
    dataset: { type: 'string', default: 'mnist' },
    epochs: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '10' },
    threads: { type: 'string', default: '2' },
    steps: { type: 'string', default: '20' },
    backends: { type: 'string', default: 'tensorflow,native' },
    json: { type: 'boolean', default: false },
  },
})
const { network, dataset, epochs, threads, steps } = values
const shared = Object.entries({ network, dataset, epochs, threads, steps }).flatMap(([name, value]) => [
  `--${name}`,
  value,
])
const [isa] = instructionSets(undefined)

/** The medians of all turns, and what they say of the whole. */
function summarise({ name, description }: Contestant, turns: readonly Turn[]) {
  const of = (measured: string) => turns.map((turn) => turn[measured]!)
  const share = (part: readonly number[]) => byRound(part, of('without recording'), (own, step) => (100 * own) / step)
  const medians = Object.keys(turns[0]!).map((measured) => [
    measured,
    byRound(of(measured), of(measured), (value) => value).median,
  ])
  return {
    name,
    description,
    milliseconds: Object.fromEntries(medians) as Record<string, number>,
    percentOfStep: {
      'recorded, less without': share(turns.map((turn) => turn['recorded']! - turn['without recording']!)),
      'counting flips': share(of('counting flips')),
      frames: share(of('frames, a step')),
    },
  }
}

const contestants: Contestant[] = []
const turns: Turn[][] = []
try {
  for (const backend of values.backends.split(',')) {
    contestants.push(
      await startContestant(ownProgram(backend, 'recording.ts', [...shared, '--backend', backend], isa!)),
    )
    turns.push([])
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [index, contestant] of contestants.entries()) turns[index]!.push(await contestant.turn())
  }
} finally {
  await Promise.all(contestants.map((contestant) => contestant.end()))
}
const results = contestants.map((contestant, index) => summarise(contestant, turns[index]!))
if (values.json) console.log(JSON.stringify(results))
else {
  for (const { name, description, milliseconds, percentOfStep } of results) {
    console.log(`\n${name}: ${description}`)
    console.table(
      Object.fromEntries(Object.entries(milliseconds).map(([what, ms]) => [what, { ms: Number(ms.toPrecision(3)) }])),
    )
    console.table(
      Object.fromEntries(
        Object.entries(percentOfStep).map(([what, { median, quartiles }]) => [
          what,
          {
            'percent of a step': Number(median.toPrecision(3)),
            'half of the rounds': quartiles.map((value) => value.toFixed(2)).join(' to '),
          },
        ]),
      ),
    )
  }
}
