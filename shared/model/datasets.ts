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

const MNIST_SHAPE = { height: 28, width: 28, channels: 1, trainImages: 60_000, testImages: 10_000 }

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** The datasets that the engine can read, each under the name that settings use. */
export const DATASETS: readonly DatasetFacts[] = [
  {
    name: 'mnist',
    title: 'MNIST',
    ...MNIST_SHAPE,
    classes: DIGITS,
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST',
    ...MNIST_SHAPE,
    classes: [
      'T-shirt or top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
  },
]

/** @throws SignumError `unknown_dataset`, naming those there are. */
export function requireDataset(name: string): DatasetFacts {
  const dataset = DATASETS.find((candidate) => candidate.name === name)
  if (dataset) return dataset
  const names = DATASETS.map((candidate) => `"${candidate.name}"`).join(' or ')
  throw new SignumError('unknown_dataset', `There is no dataset "${name}". Choose ${names}.`, {
    place: { field: 'settings.dataset' },
  })
}

/** What the ten values that a network answers stand for; digits where the dataset is not known. */
export function classesOf(dataset: string): readonly string[] {
  return DATASETS.find(({ name }) => name === dataset)?.classes ?? DIGITS
}

/** Whether the images are digits, whose classes need no words. */
export function showsDigits(dataset: string): boolean {
  return classesOf(dataset) === DIGITS
}
