import { openDataFolder } from '#electron/store/data-folder.ts'
import { openStore } from '#electron/store/store.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { newRun } from '../../fixtures/store.ts'

export interface LongRun {
  readonly name: string
  readonly steps: number
  readonly epochs: number
}

/** Seconds a step of such a run took. */
const STEP_SECONDS = 0.1

/** Writes a finished run of many steps into a data folder: a loss that falls, with the noise of single batches. */
export function addLongRun(dataFolder: string, { name, steps, epochs }: LongRun): void {
  const store = openStore(openDataFolder(dataFolder))
  const stepsPerEpoch = steps / epochs
  const settings = trainingSettingsSchema.parse({ epochs, seed: 1, batchSize: 10, limit: stepsPerEpoch * 10 })
  const numbers = Float32Array.from({ length: steps }, (_, index) => index + 1)
  const loss = numbers.map((step) => lossAt(step / steps) * (1 + 0.4 * noise(step)))
  const accuracy = numbers.map((step) => Math.min(1, 1 - lossAt(step / steps) / 3 + 0.05 * noise(step)))
  try {
    store.transaction(() => {
      store.runs.insert(newRun(name, { name, settings }), '2026-01-01T00:00:00.000Z')
      store.steps.put(name, { from: 1, loss, accuracy, seconds: numbers.map((step) => step * STEP_SECONDS) })
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const at = lossAt(epoch / epochs)
        store.epochs.put(name, {
          epoch,
          ...{ trainLoss: at, trainAccuracy: 1 - at / 3, testLoss: at + 0.05, testAccuracy: 0.99 - at / 3 },
          seconds: stepsPerEpoch * STEP_SECONDS,
        })
      }
      store.runs.update(name, {
        status: 'finished',
        seconds: steps * STEP_SECONDS,
        finishedAt: '2026-01-01T03:00:00.000Z',
      })
    })
  } finally {
    store.close()
  }
}

function lossAt(share: number): number {
  return 2.3 * Math.exp(-8 * share) + 0.05
}

/** Between -1 and 1, the same for the same step. */
function noise(step: number): number {
  const value = Math.sin(step * 12.9898) * 43_758.5453
  return 2 * (value - Math.floor(value)) - 1
}
