import { availableParallelism } from 'node:os'
import type { HandlersOf, HostContext } from '../context.ts'

export function labHandlers({ application, doctor, store, supervisor, inference }: HostContext): HandlersOf<'lab'> {
  return {
    'lab.info': () => {
      const engine = supervisor.engine ?? inference.engine
      return {
        version: application.version,
        commit: application.commit,
        host: application.kind,
        dataFolder: application.dataFolder,
        backend: engine?.backendVersion ?? null,
        kernels: engine?.kernels ?? null,
        threads: availableParallelism(),
        notices: [...store.notices],
      }
    },
    'lab.doctor': () => doctor(),
  }
}
