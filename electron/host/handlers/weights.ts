import type { HandlersOf, HostContext } from '../context.ts'
import { resolveRun } from '../ids.ts'
import { describeSnapshots, readHistories, readSnapshot } from '../runs/snapshots/answers.ts'
import { SnapshotFiles } from '../runs/snapshots/open.ts'

/** Weights in motion, read from the files that the engines write. */
export function weightHandlers({ store, files }: Pick<HostContext, 'store' | 'files'>): HandlersOf<'weights'> {
  const snapshots = new SnapshotFiles()
  const pathOf = (id: string) => files.snapshotFile(resolveRun(store.runs, id))
  return {
    'weights.index': ({ id }) => describeSnapshots(snapshots.archive(pathOf(id))),
    'weights.snapshot': ({ id, ...question }) => readSnapshot(snapshots, pathOf(id), question),
    'weights.history': ({ id }) => ({ layers: readHistories(snapshots.archive(pathOf(id))) }),
  }
}
