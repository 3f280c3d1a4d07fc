import type { Dataset } from '#shared/contract/methods.ts'
import { analyseNetwork, type NetworkAnalysis } from '#shared/model/analyse.ts'
import { layerDefinition } from '#shared/model/layers/index.ts'
import { divideImages } from '#shared/model/division.ts'
import { newLayer } from '#shared/model/new-layer.ts'
import type { NetworkProblem } from '#shared/model/problem.ts'
import { isPlainSign, quantizerDefinition, quantizerOf } from '#shared/model/quantizers/index.ts'
import { wordsOf } from '#shared/model/words.ts'
import { LIMITS } from '#shared/model/limits.ts'
import type { LayerSpec, LayerSpecOf, NetworkSpec } from '#shared/model/spec.ts'
import { everyLayer, findLayer } from '#shared/model/tree.ts'
import { trainingSettingsSchema, type TrainingSettings } from '#shared/model/training.ts'
import { problemsOf, type FieldProblems } from './problems.ts'

/** What is wrong with a network that is being edited, and what is known about it as far as it is right. */
export interface DraftAnalysis extends NetworkAnalysis {
  /** By layer id, then by parameter name. */
  readonly fields: ReadonlyMap<string, FieldProblems>
}

/**
 * Analyses a network whose parameters may be wrong: it is followed up to the first layer with a bad value.
 *
 * @param classes if known, the number of values that must leave the last layer.
 */
export function analyseDraft(spec: NetworkSpec, classes?: number): DraftAnalysis {
  const fields = new Map<string, FieldProblems>()
  for (const layer of everyLayer(spec.layers)) {
    const problems = problemsOf(layerDefinition(layer.type).schema, ownFields(layer))
    if (Object.keys(problems).length > 0) fields.set(layer.id, problems)
  }
  if (spec.layers.length === 0) {
    const problem = { message: 'The network has no layers.', fix: 'Add one from the list on the left.' }
    return { ...analyseNetwork(spec), problems: [problem], fields }
  }
  const analysis = analyseNetwork(spec, classes, fields)
  const wrongLayers = [...fields].map(([id, wrong]) => wrongLayer(spec, id, wrong))
  return { ...analysis, problems: [...analysis.problems, ...wrongLayers], fields }
}

/** A layer without those that it holds, which are looked at for themselves. */
function ownFields(layer: LayerSpec): object {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => name !== 'layers'))
}

/** The repair is the value that a new layer of this kind has. */
function wrongLayer(spec: NetworkSpec, layerId: string, problems: FieldProblems): NetworkProblem {
  const [field, sentence] = Object.entries(problems)[0]!
  const { type } = findLayer(spec.layers, layerId)!
  const fresh = newLayer(type, []) as unknown as Readonly<Record<string, unknown>>
  const message = `Its setting “${wordsOf(field)}” is not valid.`
  const value = fresh[field] ?? null
  if (value === null) return { layerId, message, fix: sentence }
  return { layerId, message, fix: sentence, repair: { kind: 'set', parameter: field, value } }
}

/** What is wrong with the training settings, by field, for the dataset they name. */
export function settingsProblems(settings: TrainingSettings, dataset: Dataset | undefined): FieldProblems {
  const problems = { ...problemsOf(trainingSettingsSchema, settings) }
  const { epochs, warmupEpochs } = settings
  if (!problems['warmupEpochs'] && !problems['epochs'] && warmupEpochs >= epochs) {
    problems['warmupEpochs'] = `${warmupEpochs} is too large: choose less than the ${epochs} epochs.`
  }
  if (!dataset) return problems
  if (!dataset.available && !problems['dataset']) {
    problems['dataset'] = `${dataset.title} is not on this machine. ${dataset.hint ?? ''}`.trim()
  }
  const { batchSize, limit, validation } = settings
  if (!problems['limit'] && limit !== null && limit > dataset.trainImages) {
    problems['limit'] = `${limit} is too large: ${dataset.title} has ${dataset.trainImages} images to train on.`
  }
  const { images, heldOut } = divideImages(settings, dataset.trainImages)
  if (!problems['validation'] && validation > 0 && heldOut === 0) {
    problems['validation'] = `${validation} is too small: it holds out none of ${images} images.`
  }
  if (!problems['validation'] && heldOut > 0 && images === 0) {
    problems['validation'] = `${validation} is too large: it leaves none of ${heldOut} images to train on.`
  }
  if (!problems['batchSize'] && !problems['limit'] && !problems['validation'] && batchSize > images) {
    problems['batchSize'] = `${batchSize} is too large: choose at most ${images}, the number of images to train on.`
  }
  return problems
}

export function nameProblem(name: string): string | null {
  if (!name.trim()) return 'Give the network a name.'
  if (name.trim().length > LIMITS.nameLength) return `Use at most ${LIMITS.nameLength} characters for the name.`
  return null
}

/** What is wrong with how often it is to be trained. */
export function repeatsProblem(repeats: number | null): string | null {
  if (repeats !== null && Number.isInteger(repeats) && repeats >= 1 && repeats <= LIMITS.repeats) return null
  return `Choose a whole number from 1 to ${LIMITS.repeats}.`
}

function describeSides(layer: LayerSpecOf<'ZeroPad2d' | 'PadModule'>): string[] {
  const sides = {
    left: layer.paddingLeft,
    right: layer.paddingRight,
    top: layer.paddingTop,
    bottom: layer.paddingBottom,
  }
  return Object.entries(sides).flatMap(([side, pixels]) => (pixels === 0 ? [] : [`${side} ${pixels}`]))
}

/** Of the quantizers that are not sign; one title where input and weights have the same. */
function quantizerTitles(layer: LayerSpec): string[] {
  const values = [
    ...('quantizer' in layer ? [layer.quantizer] : []),
    ...('inputQuantizer' in layer ? [layer.inputQuantizer] : []),
    ...('weightQuantizer' in layer ? [layer.weightQuantizer] : []),
  ]
  const others = values.filter((value) => !isPlainSign(value))
  return [...new Set(others.map((value) => quantizerDefinition(quantizerOf(value).type).title))]
}

/** The parameters of a layer in a few characters, such as "64 · 5×5". */
export function summariseLayer(layer: LayerSpec): string {
  const parts: string[] = []
  if ('outChannels' in layer) parts.push(String(layer.outChannels))
  if ('outFeatures' in layer) parts.push(String(layer.outFeatures))
  if ('kernelSize' in layer) parts.push(`${layer.kernelSize}×${layer.kernelSize}`)
  if ('stride' in layer && layer.stride !== null && layer.stride !== 1 && layer.stride !== layer.kernelSize) {
    parts.push(`stride ${layer.stride}`)
  }
  if ('padding' in layer && layer.padding > 0) parts.push(`pad ${layer.padding}`)
  if ('groups' in layer && layer.groups > 1) parts.push(`${layer.groups} groups`)
  if ('paddingLeft' in layer) parts.push(...describeSides(layer))
  if ('negativeSlope' in layer) parts.push(`slope ${layer.negativeSlope}`)
  if (layer.type === 'Pact') parts.push(`${layer.bits} ${layer.bits === 1 ? 'bit' : 'bits'}`)
  if ('p' in layer) parts.push(`p ${layer.p}`)
  parts.push(...quantizerTitles(layer))
  return parts.join(' · ').replaceAll('NaN', '?')
}
