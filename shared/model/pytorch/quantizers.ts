import { quantizerOf, type QuantizerValue } from '../quantizers/index.ts'
import { OWN_CLASSES, WITH_GRADIENT } from './quantizer-classes.ts'

/**
 * Quantizers as Python. bitorch's own classes where it has them; the others follow as classes in the file, as larq
 * defines them, on bitorch's Quantization.
 */

/** The argument that names a quantizer; `undefined` for sign, which is bitorch's default. */
export function quantizerArgument(value: QuantizerValue): string | undefined {
  const quantizer = quantizerOf(value)
  switch (quantizer.type) {
    case 'sign':
      return undefined
    case 'approxsign':
      return '"approxsign"'
    case 'swishsign':
      return `SwishSign(beta=${quantizer.beta})`
    case 'steheaviside':
      return quantizer.low === -1 ? '"steheaviside"' : 'ZeroOneHeaviside()'
    case 'weightdorefa':
      return `${quantizer.gradient === 'identity' ? 'WeightDoReFa' : 'DerivedWeightDoReFa'}(bits=${quantizer.bits})`
    case 'inputdorefa':
      return `${quantizer.gradient === 'identity' ? 'InputDoReFa' : 'DerivedInputDoReFa'}(bits=${quantizer.bits})`
    case 'progressive_sign':
      return `ProgressiveSign(alpha=${quantizer.alpha}, beta=${quantizer.beta})`
    case 'magnitude_aware_sign':
      return `MagnitudeAwareSign(clip=${python(quantizer.clip)})`
    case 'ste_tern': {
      const { threshold, ternaryWeightNetworks, clip } = quantizer
      const share = ternaryWeightNetworks ? 'threshold=None' : `threshold=${threshold}`
      return `SteTern(${share}, clip=${python(clip)})`
    }
  }
}

const python = (value: number | null) => (value === null ? 'None' : String(value))

const BITORCH_CLASSES = ['SwishSign', 'WeightDoReFa', 'InputDoReFa', 'ProgressiveSign']

/** The imports, classes and functions that modules with these quantizers need, to follow the other imports. */
export function quantizerPreamble(lines: readonly string[]): string[] {
  const isUsed = (name: string) => lines.some((line) => new RegExp(`\\b${name}\\(`).test(line))
  const own = OWN_CLASSES.filter(({ name }) => isUsed(name))
  const imported = [...(own.length > 0 ? ['Quantization'] : []), ...BITORCH_CLASSES.filter(isUsed)].sort()
  return [
    ...(imported.length > 0 ? [`from bitorch.quantizations import ${imported.join(', ')}`] : []),
    ...(imported.includes('ProgressiveSign') ? PROGRESS : []),
    ...(own.length > 0 ? [WITH_GRADIENT, ...own.map(({ code }) => code)] : []).flatMap(separated),
    ...(own.length > 0 || imported.includes('ProgressiveSign') ? [''] : []),
  ]
}

/** Two lines apart, as Python's style has it. */
const separated = (code: string) => ['', '', ...code.split('\n')]

const PROGRESS = `from bitorch.quantizations.progressive_sign import config as progressive_sign_config


def set_progress(share):
    """Call this before every step with the share of the training that is done, from 0 to 1."""
    progressive_sign_config.progressive_sign_scale = share`.split('\n')
