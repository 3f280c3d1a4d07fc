import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '#electron/host/host.ts'
import type { RunStatus, RunSummary } from '#shared/contract/runs.ts'
import { networkSpecSchema, type NetworkSpec } from '#shared/model/spec.ts'
import { nextEvent, openLab } from '../../fixtures/lab.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

let folder: ReturnType<typeof temporaryFolder>
let lab: Host

beforeEach(() => {
  folder = temporaryFolder()
  lab = openLab(folder.path, { limits: { stopWithinMs: 500, checkEveryMs: 50, stalledAfterMs: 300 } })
})

afterEach(async () => {
  await lab.close()
  folder[Symbol.dispose]()
})

/** A small network; its name tells the fake engine how to behave. */
function network(name: string): NetworkSpec {
  return networkSpecSchema.parse({
    schema: 1,
    name,
    input: { height: 28, width: 28, channels: 1 },
    layers: [
      { id: 'flatten', type: 'Flatten' },
      { id: 'linear', type: 'Linear', outFeatures: 10 },
    ],
  })
}

function reaches(id: string, ...statuses: RunStatus[]): Promise<RunSummary> {
  return nextEvent(lab, 'run.changed', ({ run }) => run.id === id && statuses.includes(run.status)).then(({ run }) => run)
}

async function start(name: string, epochs = 3): Promise<RunSummary> {
  return lab.request('runs.start', { spec: network(name), settings: { epochs } })
}

describe('a run', () => {
  it('is trained to its end, and everything the engine reported can be read', async () => {
    const started = await start('plain')
    expect(started).toMatchObject({ status: 'starting', network: 'plain', epochs: 3, epochsDone: 0, backend: null })
    expect(started.id).toMatch(/^[a-z2-7]{10}$/)
    const finished = await reaches(started.id, 'finished')
    expect(finished).toMatchObject({ epochsDone: 3, seconds: 3, backend: 'native', message: null })
    expect(finished.testAccuracy).toBeCloseTo(1 - 0.5 / 3)
    const detail = await lab.request('runs.get', { id: 'latest' })
    expect(detail.epochRecords.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(detail).toMatchObject({ stepMs: 2, progress: null, provenance: { backendVersion: 'Fake 1.0' } })
    const steps = await lab.request('runs.steps', { id: started.id, from: 11 })
    expect(steps.loss).toHaveLength(20)
    expect(steps.loss[0]).toBeCloseTo(1 / 11)
  })
})
