import { toErrorMessage } from '#shared/contract/errors.ts'
import { benchmarkTraining } from './benchmark/train.ts'
import { openCarrier } from './carrier.ts'
import type { BenchmarkCommand, BenchmarkReport } from './protocol.ts'

/** Entry of a benchmarking process: one measurement, then it ends. */
const carrier = openCarrier<BenchmarkCommand, BenchmarkReport>()

carrier.listen(({ spec, settings, steps }) => {
  benchmarkTraining(spec, settings, steps)
    .then((benchmark) => carrier.send({ type: 'measured', benchmark }))
    .catch((error: unknown) => carrier.send({ type: 'failed', error: toErrorMessage(error) }))
    .finally(() => carrier.end(0))
})
