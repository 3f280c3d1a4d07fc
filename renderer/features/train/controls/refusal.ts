import type { RunStatus } from '#shared/contract/runs.ts'

/** Why a run in this state can be asked neither for a step, a learning rate nor a checkpoint; `null` where it can. */
export function whyNotNow(status: RunStatus): string | null {
  switch (status) {
    case 'running':
    case 'paused':
      return null
    case 'queued':
      return 'the run waits for its turn'
    case 'starting':
      return 'the network is being built'
    case 'stopped':
    case 'interrupted':
      return 'resume the run first'
    case 'finished':
    case 'failed':
      return 'the run has ended'
  }
}
