import { AUTO_BACKEND_VARIABLE, type BackendName } from '../protocol.ts'

/** What `auto` tries first: TensorFlow unless the environment says otherwise, for only a measurement can tell that. */
export function preferredBackend(environment: NodeJS.ProcessEnv = process.env): BackendName {
  return environment[AUTO_BACKEND_VARIABLE] === 'native' ? 'native' : 'tensorflow'
}
