/**
 * One training step of the notebook's two networks: PyTorch, and ours on both backends, in turns.
 *
 *     node tests/bench/training.ts [--python python3] [--rounds 5] [--threads 2] [--batch 100] [--steps 10]
 *         [--isa avx512,avx2] [--backends tensorflow,native] [--json]
 *
 * The Python needs torch. Each turn is the median of some steps; ratios are taken within each round.
 */
import { parseArgs } from 'node:util'
import { contest, printResults } from './support/contest.ts'
import { instructionSets, ownProgram, pythonProgram } from './support/programs.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '100' },
    steps: { type: 'string', default: '10' },
    isa: { type: 'string' },
    backends: { type: 'string', default: 'tensorflow,native' },
    json: { type: 'boolean', default: false },
  },
})
const shared = ['--threads', values.threads, '--batch', values.batch, '--steps', values.steps]
const backends = values.backends.split(',')
const programs = [
  pythonProgram('PyTorch', values.python, 'pytorch_training.py', shared),
  ...instructionSets(values.isa).flatMap((isa) =>
    backends.map((backend) => ownProgram(backend, 'training.ts', [...shared, '--backend', backend], isa)),
  ),
]
printResults(await contest(programs, Number(values.rounds)), 'ms a step', values.json)
