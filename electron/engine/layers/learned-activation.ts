import * as tf from '@tensorflow/tfjs-core'
import { channelsOf, type Signal } from '#shared/model/signal.ts'
import { layerVariable, type LayerBuilder } from './layer.ts'
import { parametricLayer } from './parametric.ts'
import { statelessLayer } from './stateless.ts'

function channelVariable(id: string, name: string, value: number, { shape }: Signal) {
  const channels = channelsOf(shape)
  return layerVariable(`${id}.${name}`, new Float32Array(channels).fill(value), [channels])
}

export const leakyRelu: LayerBuilder<'LeakyReLU'> = ({ id, negativeSlope }, { shape }, { operations }) =>
  statelessLayer(id, (input) => {
    const slope = tf.fill([channelsOf(shape)], negativeSlope)
    const { output, gradient } = operations.rectifier(input, { slope, shifts: null })
    return { output, gradient: (upstream) => gradient(upstream).input }
  })

export const prelu: LayerBuilder<'PReLU'> = ({ id, init }, signal, { operations }) => {
  const slope = channelVariable(id, 'weight', init, signal)
  return parametricLayer(id, [slope], (input) => {
    const { output, gradient } = operations.rectifier(input, { slope: slope.variable, shifts: null })
    return {
      output,
      gradient(upstream) {
        const found = gradient(upstream)
        return { input: found.input, variables: [found.slope] }
      },
    }
  })
}

export const rprelu: LayerBuilder<'RPReLU'> = ({ id, init }, signal, { operations }) => {
  const before = channelVariable(id, 'shift_in', 0, signal)
  const slope = channelVariable(id, 'weight', init, signal)
  const after = channelVariable(id, 'shift_out', 0, signal)
  return parametricLayer(id, [before, slope, after], (input) => {
    const shifts = { before: before.variable, after: after.variable }
    const { output, gradient } = operations.rectifier(input, { slope: slope.variable, shifts })
    return {
      output,
      gradient(upstream) {
        const found = gradient(upstream)
        return { input: found.input, variables: [found.shifts!.before, found.slope, found.shifts!.after] }
      },
    }
  })
}

export const pact: LayerBuilder<'Pact'> = (spec, _input, { operations }) => {
  const alpha = layerVariable(`${spec.id}.alpha`, Float32Array.of(spec.alpha), [])
  return parametricLayer(spec.id, [alpha], (input) => {
    const { output, gradient } = operations.clippedQuantisation(input, alpha.variable, spec.bits)
    return {
      output,
      gradient(upstream) {
        const found = gradient(upstream)
        return { input: found.input, variables: [found.alpha] }
      },
    }
  })
}
