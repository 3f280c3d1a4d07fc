import { availableParallelism, homedir } from 'node:os'
import type { HandlersOf, HostContext } from '../context.ts'

export function labHandlers({ application, doctor, store, engine }: HostContext): HandlersOf<'lab'> {
  return {
    'lab.info': () => {
      const backend = engine.backend
      return {
        version: application.version,
        commit: application.commit,
        host: application.kind,
        dataFolder: application.dataFolder,
        homeFolder: homedir(),
        backend: backend?.backendVersion ?? null,
        kernels: backend?.kernels ?? null,
        threads: availableParallelism(),
        notices: [...store.notices],
      }
    },
    'lab.doctor': () => doctor(),
  }
}
