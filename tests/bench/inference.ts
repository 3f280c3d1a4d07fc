/**
 * One digit and a hundred: ONNX Runtime with the full-precision LeNet, PyTorch with the binary one, and our packed plan
 * of the binary one, in turns.
 *
 *     node tests/bench/inference.ts [--python python3] [--rounds 5] [--threads 1] [--isa avx512,avx2] [--json]
 *
 * The Python needs torch, onnx and onnxruntime. Each turn is the median of some calls; ratios are taken within each
 * round.
 */
import { parseArgs } from 'node:util'
import { contest, printResults } from './support/contest.ts'
import { instructionSets, ownProgram, pythonProgram } from './support/programs.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '1' },
    isa: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const shared = ['--threads', values.threads]
const programs = [
  pythonProgram('ONNX Runtime, full precision', values.python, 'onnxruntime_inference.py', shared),
  pythonProgram('PyTorch, binary', values.python, 'pytorch_inference.py', shared),
  ...instructionSets(values.isa).map((isa) => ownProgram('packed plan', 'packed.ts', shared, isa)),
]
printResults(await contest(programs, Number(values.rounds)), 'µs a digit', values.json)
