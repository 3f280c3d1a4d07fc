import { expect, it } from 'vitest'
import { followRuns } from '#electron/cli/follow-runs.ts'
import { reportGroup } from '#electron/cli/group-report.ts'
import { openLab } from '../../fixtures/lab.ts'
import { smallNetwork } from '../../fixtures/networks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

/** Trains a group with seeds 1 to 3 as `behaviour` says and reports it; see the fake engine. */
async function trainGroup(behaviour: string, json: boolean) {
  using folder = temporaryFolder()
  const lab = openLab(folder.path, { sideBySide: 1 })
  const said = { out: '', err: '' }
  const terminal = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    isScreen: false,
    columns: 80,
  }
  const session = { terminal, json, dataFolder: folder.path }
  try {
    const begin = () =>
      lab.request('runs.start', { spec: smallNetwork(behaviour), settings: { epochs: 1 }, repeats: 3 })
    const code = reportGroup(session, await followRuns(session, lab, begin))
    return { code, ...said }
  } finally {
    await lab.close(0)
  }
}

it('a group of which one run failed still tells what the others reached, and names the failure', async () => {
  const { code, out, err } = await trainGroup('unlucky', false)
  expect(code).toBe(1)
  expect(out).toMatch(/finished .*50\.00 %\n.* 2 {2}failed .*–\n.*finished/)
  expect(out).toContain('Test accuracy 50.00 ± 0.00 %, mean and standard deviation of 2 runs.')
  expect(err).toMatch(/1 of 3 runs did not finish\. Seed 2: The loss is not a number at step 1\.\n$/)
})

it('the same as JSON is one document with an error', async () => {
  const { code, out } = await trainGroup('unlucky', true)
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    runs: [{ status: 'finished' }, { seed: 2, status: 'failed', testAccuracy: null }, { testAccuracy: 0.5 }],
    testAccuracy: { mean: 0.5, std: 0 },
    error: { code: 'diverged', message: expect.stringContaining('Seed 2') },
  })
})

it('a group of which no run finished is refused with the reason', async () => {
  await expect(trainGroup('diverge', false)).rejects.toMatchObject({ code: 'diverged' })
})
