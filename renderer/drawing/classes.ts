import { DATASETS } from '#shared/model/datasets.ts'

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** What the ten values that a network answers stand for; digits where the dataset is not known. */
export function classesOf(dataset: string): readonly string[] {
  return DATASETS.find(({ name }) => name === dataset)?.classes ?? DIGITS
}

/** Whether the images are digits, whose classes need no words. */
export function showsDigits(dataset: string): boolean {
  return classesOf(dataset).every((name, index) => name === DIGITS[index])
}
