import { toErrorMessage } from '#shared/contract/errors.ts'
import { benchmarkInference } from './benchmark/infer.ts'
import { benchmarkKernels } from './benchmark/kernels.ts'
import type { BenchmarkAnswers, BenchmarkCommand, BenchmarkReport } from './benchmark/messages.ts'
import { benchmarkTraining } from './benchmark/train.ts'
import { openCarrier } from './carrier.ts'

/** Entry of a benchmarking process: one measurement, then it ends. */
const carrier = openCarrier<BenchmarkCommand, BenchmarkReport>()

carrier.listen((command) => {
  measure(command)
    .then((answer) => carrier.send({ type: 'measured', answer }))
    .catch((error: unknown) => carrier.send({ type: 'failed', error: toErrorMessage(error) }))
    .finally(() => carrier.end(0))
})

function measure(command: BenchmarkCommand): Promise<BenchmarkAnswers[keyof BenchmarkAnswers]> {
  const onRound = (round: number, rounds: number) => carrier.send({ type: 'progress', round, rounds })
  switch (command.type) {
    case 'train':
      return benchmarkTraining(command, onRound)
    case 'kernels':
      return benchmarkKernels(command, onRound)
    case 'infer':
      return benchmarkInference(command, onRound)
  }
}
