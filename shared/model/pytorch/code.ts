import { SignumError } from '../../contract/errors.ts'
import { analyseNetwork } from '../analyse.ts'
import type { NetworkSpec } from '../spec.ts'
import { calls } from './call.ts'
import { clippingLines } from './clipping.ts'
import { definitionsFor } from './definitions.ts'
import { quantizerPreamble } from './quantizers.ts'
import { indented, stackLines } from './stack.ts'
import { DEBUG_LAYERS, SWITCH_ON_DEBUGGING } from './watching.ts'

const BITORCH_LAYERS = ['Pact', 'QActivation', 'QConv2d', 'QConv2d_NoAct', 'QLinear']

/**
 * The network as a Python file for PyTorch and, where it has binary or watched layers, bitorch 0.4. Running it prints
 * the shape of its scores for two images. PyTorch's tensors are NCHW, the lab's NHWC: the modules are the same, but
 * Flatten lays out the values in another order, so weights cannot be copied over as they are.
 *
 * @throws SignumError `invalid_shape` when the network does not fit together, because then no module knows its input.
 */
export function toPytorchCode(spec: NetworkSpec): string {
  const analysis = analyseNetwork(spec)
  const wrong = analysis.layers.length < spec.layers.length ? analysis.problems.find(({ layerId }) => layerId) : null
  if (wrong)
    throw new SignumError('invalid_shape', `The network does not fit together yet. ${wrong.message} ${wrong.fix}`)
  const lines = indented(stackLines(analysis.layers))
  const definitions = definitionsFor(lines)
  const bitorchNames = [...DEBUG_LAYERS, ...BITORCH_LAYERS].filter((name) => calls([...lines, ...definitions], name))
  const debugs = DEBUG_LAYERS.some((name) => bitorchNames.includes(name))
  const { height, width, channels } = spec.input
  return [
    `"""${docstring(spec.name)}"""`,
    '',
    'import torch',
    'from torch import nn',
    ...(bitorchNames.length > 0 ? [`from bitorch.layers import ${bitorchNames.join(', ')}`] : []),
    ...(calls(lines, 'PadModule') ? ['from bitorch.layers.pad import PadModule'] : []),
    ...(debugs ? [SWITCH_ON_DEBUGGING.import] : []),
    ...quantizerPreamble(lines),
    '',
    ...definitions,
    'model = nn.Sequential(',
    ...lines,
    ')',
    ...(debugs ? [SWITCH_ON_DEBUGGING.statement] : []),
    '',
    ...clippingLines(analysis.layers),
    'if __name__ == "__main__":',
    `    print(model(torch.zeros(2, ${channels}, ${height}, ${width})).shape)`,
    '',
  ].join('\n')
}

/** A name cannot end the string that it stands in. */
const docstring = (name: string) => name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
