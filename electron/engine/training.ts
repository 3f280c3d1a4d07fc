import { constants, getPriority, setPriority } from 'node:os'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { openCarrier } from './carrier.ts'
import type { TrainingCommand, TrainingReport } from './protocol.ts'
import { TrainingControls } from './training/controls.ts'
import { runTraining } from './training/run.ts'

/** Entry of a training process: one job, then it ends. */
const carrier = openCarrier<TrainingCommand, TrainingReport>()
const controls = new TrainingControls()
let started = false

function fail(error: unknown): void {
  carrier.send({ type: 'failed', error: toErrorMessage(error), seconds: 0 })
  carrier.end(1)
}

/**
 * Training takes every core for minutes or hours. The window, and whatever else a person does meanwhile, goes first;
 * where nothing else wants the cores this costs nothing. Threads made from here on inherit it.
 */
function standBack(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority
  try {
    // Who was started to stand back even further goes on doing so.
    if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL)
  } catch {
    // Some systems do not let a process choose; it trains all the same.
  }
}

standBack()
process.on('unhandledRejection', fail)
process.on('uncaughtException', fail)

carrier.listen((command) => {
  switch (command.type) {
    case 'train':
      if (started) return fail(new Error('This process already has a job.'))
      started = true
      return void runTraining(command.job, controls, carrier.send).then(() => carrier.end(0))
    case 'pause':
      return controls.pause()
    case 'resume':
      return controls.resume()
    case 'stop':
      return controls.stop()
    case 'step':
      return controls.step(command.unit)
    case 'learningRate':
      return controls.changeLearningRate(command.learningRate)
    case 'save':
      return controls.save()
  }
})
