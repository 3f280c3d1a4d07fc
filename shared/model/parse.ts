import { SignumError } from '../contract/errors.ts'
import { validate } from '../contract/validate.ts'
import { analyseNetwork, type NetworkAnalysis } from './analyse.ts'
import { networkSpecSchema, SPEC_SCHEMA, type NetworkSpec } from './spec.ts'

/**
 * A network spec from a file, a message or an editor.
 *
 * @param what the network is called in the sentence that tells what is wrong with it.
 * @throws SignumError `invalid_spec`, naming the field.
 */
export function parseNetworkSpec(value: unknown, what = 'The network'): NetworkSpec {
  const schema = typeof value === 'object' && value !== null ? (value as { schema?: unknown }).schema : undefined
  if (typeof schema === 'number' && schema > SPEC_SCHEMA) {
    throw new SignumError(
      'invalid_spec',
      `${what} was saved by a newer version of Signum (schema ${schema}; this one reads up to ${SPEC_SCHEMA}). Update Signum to open it.`,
      { place: { field: 'schema' } },
    )
  }
  return validate(networkSpecSchema, value, 'invalid_spec', what)
}

/**
 * The analysis of a network that can be trained to tell `classes` classes apart.
 *
 * @throws SignumError `invalid_shape` with the first problem, naming the layer and the fix.
 */
export function requireTrainable(spec: NetworkSpec, classes: number): NetworkAnalysis {
  return requireSound(analyseNetwork(spec, classes))
}

/**
 * An analysis that found nothing wrong.
 *
 * @throws SignumError `invalid_shape` with the first problem, naming the layer and the fix.
 */
export function requireSound(analysis: NetworkAnalysis): NetworkAnalysis {
  const problem = analysis.problems[0]
  if (!problem) return analysis
  const where = problem.layerId ? `Layer "${problem.layerId}": ` : ''
  throw new SignumError('invalid_shape', `${where}${problem.message} ${problem.fix}`, {
    place: problem.layerId ? { layerId: problem.layerId } : {},
  })
}
