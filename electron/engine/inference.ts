import { toErrorMessage } from '#shared/contract/errors.ts'
import { openCarrier } from './carrier.ts'
import { InferenceService } from './inference/service.ts'
import type { InferenceCommand, InferenceReport } from './protocol.ts'

/** Entry of the inference process: it answers until the shell ends it or disappears. */
const carrier = openCarrier<InferenceCommand, InferenceReport>()
const service = new InferenceService()
/** Questions are answered one after the other: a time that is measured is then nobody else's. */
let queue = Promise.resolve()

process.on('unhandledRejection', () => carrier.end(1))
process.on('uncaughtException', () => carrier.end(1))

async function answer(command: InferenceCommand): Promise<void> {
  try {
    carrier.send(await service.answer(command))
  } catch (error) {
    carrier.send({ type: 'error', id: command.id, error: toErrorMessage(error) })
  }
}

carrier.listen((command) => {
  queue = queue.then(() => answer(command))
})
