import { SignumError } from '../contract/errors.ts'

/** What is known of a dataset without opening its files. */
export interface DatasetFacts {
  readonly name: string
  readonly title: string
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: readonly string[]
  readonly trainImages: number
  readonly testImages: number
}

/** The datasets that the engine can read, each under the name that settings use. */
export const DATASETS: readonly DatasetFacts[] = [
  {
    name: 'mnist',
    title: 'MNIST, handwritten digits',
    height: 28,
    width: 28,
    channels: 1,
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    trainImages: 60_000,
    testImages: 10_000,
  },
]

/** @throws SignumError `unknown_dataset`, naming those there are. */
export function requireDataset(name: string): DatasetFacts {
  const dataset = DATASETS.find((candidate) => candidate.name === name)
  if (dataset) return dataset
  const names = DATASETS.map((candidate) => `"${candidate.name}"`).join(', ')
  throw new SignumError('unknown_dataset', `There is no dataset "${name}". Choose one of: ${names}.`, {
    place: { field: 'settings.dataset' },
  })
}
