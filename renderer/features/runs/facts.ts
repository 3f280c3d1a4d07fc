import type { RunDetail } from '#shared/contract/runs.ts'
import {
  describeAugmentation,
  describeEarlyStopping,
  describeLearningRate,
  describeOptimizer,
  describeValidation,
} from '#shared/model/training-words.ts'
import { formatBytes, formatCount } from '../../format/numbers.ts'
import { datasetTitle } from './labels.ts'

/** A line of a list of facts. */
export interface Fact {
  readonly label: string
  readonly value: string
  /** Identifiers and hashes stand in the fixed-width face. */
  readonly mono?: boolean
}

/** How the run was trained. */
export function settingsFacts({ settings, dataset }: RunDetail): Fact[] {
  return [
    { label: 'Dataset', value: datasetTitle(dataset) },
    { label: 'Images', value: settings.limit === null ? 'All' : `The first ${formatCount(settings.limit)}` },
    { label: 'Validation', value: describeValidation(settings) },
    { label: 'Epochs', value: String(settings.epochs) },
    { label: 'Batch size', value: String(settings.batchSize) },
    { label: 'Optimiser', value: describeOptimizer(settings) },
    { label: 'Learning rate', value: describeLearningRate(settings) },
    { label: 'Early stopping', value: describeEarlyStopping(settings) },
    { label: 'Augmentation', value: describeAugmentation(settings) },
    { label: 'Seed', value: String(settings.seed) },
    { label: 'Order of images', value: settings.shuffle ? 'Shuffled' : 'As in the file' },
  ]
}

/** What is needed to trust its numbers and to get them again. */
export function provenanceFacts({ id, provenance }: RunDetail): Fact[] {
  const { commit, datasetSha256, backendVersion, backend, kernels, threads } = provenance
  return [
    { label: 'Run', value: id, mono: true },
    { label: 'Signum', value: commit ? `${provenance.appVersion}, ${commit.slice(0, 8)}` : provenance.appVersion },
    { label: 'Backend', value: backendVersion ?? backend ?? 'Not started' },
    { label: 'Kernels', value: kernels ? kernels.toUpperCase() : 'None' },
    { label: 'Threads', value: threads === null ? 'Not known' : String(threads) },
    { label: 'Processor', value: `${provenance.cpu}, ${provenance.cores} cores` },
    { label: 'Memory', value: formatBytes(provenance.memoryBytes) },
    { label: 'Platform', value: `${provenance.platform}, Node ${provenance.node}` },
    { label: 'Network hash', value: provenance.specHash.slice(0, 16), mono: true },
    { label: 'Data hash', value: datasetSha256?.slice(0, 16) ?? 'Not known', mono: datasetSha256 !== null },
  ]
}

/** What the network weighs. */
export function sizeFacts(run: RunDetail): Fact[] {
  return [
    { label: 'Network', value: run.network },
    { label: 'Parameters', value: formatCount(run.parameters) },
    { label: 'Binary parameters', value: formatCount(run.binaryParameters) },
    { label: 'Packed size', value: formatBytes(run.packedBytes) },
  ]
}
