import { quantizerOf, type QuantizerValue } from '#shared/model/quantizers/index.ts'
import { inputDoReFa, weightDoReFa } from './dorefa.ts'
import { progressiveSign } from './progressive-sign.ts'
import type { TensorQuantizer } from './quantizer.ts'
import { magnitudeAwareSign, steTern } from './scaled.ts'
import { approxSign, sign, steHeaviside, swishSign } from './signs.ts'

/** The quantizer that a layer names. */
export function buildQuantizer(value: QuantizerValue): TensorQuantizer {
  const quantizer = quantizerOf(value)
  switch (quantizer.type) {
    case 'sign':
      return sign
    case 'approxsign':
      return approxSign
    case 'swishsign':
      return swishSign(quantizer.beta)
    case 'steheaviside':
      return steHeaviside(quantizer.low)
    case 'progressive_sign':
      return progressiveSign(quantizer)
    case 'magnitude_aware_sign':
      return magnitudeAwareSign(quantizer.clip)
    case 'ste_tern':
      return steTern(quantizer.ternaryWeightNetworks ? null : quantizer.threshold, quantizer.clip)
    case 'weightdorefa':
      return weightDoReFa(quantizer)
    case 'inputdorefa':
      return inputDoReFa(quantizer)
  }
}
