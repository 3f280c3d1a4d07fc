import type { ImageDivision } from '#shared/model/division.ts'
import type { RandomStream } from '../random.ts'
import type { ImageSplit } from './dataset.ts'

/** Places of images in their file, ascending. */
export interface HeldOut {
  readonly trained: Uint32Array
  readonly heldOut: Uint32Array
}

/**
 * Holds out some of the images that are taken, of every class its even part, as scikit-learn's
 * `train_test_split(stratify=labels)` does. The same images are held out under the same seed, whatever else a network is
 * trained with.
 *
 * @returns null where none are to be held out.
 */
export function holdOut(
  split: Pick<ImageSplit, 'labels'>,
  { images, heldOut }: Pick<ImageDivision, 'images' | 'heldOut'>,
  random: RandomStream,
): HeldOut | null {
  if (heldOut === 0) return null
  const labels = split.labels.subarray(0, images + heldOut)
  const classes = placesByClass(labels)
  const isHeldOut = new Uint8Array(labels.length)
  for (const [index, part] of evenParts(classes, heldOut).entries()) {
    const places = classes[index]!
    for (const chosen of random.permutation(places.length).subarray(0, part)) isHeldOut[places[chosen]!] = 1
  }
  const places = Uint32Array.from(labels, (_, place) => place)
  return {
    trained: places.filter((place) => isHeldOut[place] === 0),
    heldOut: places.filter((place) => isHeldOut[place] === 1),
  }
}

/** Where the images of each class are that has any, by the number of the class. */
function placesByClass(labels: Uint8Array): number[][] {
  const classes: number[][] = []
  for (const [place, label] of labels.entries()) (classes[label] ??= []).push(place)
  return classes.filter(Boolean)
}

/** `count` divided as the classes are large; what rounding leaves over goes where it took most, first classes first. */
function evenParts(classes: readonly (readonly number[])[], count: number): number[] {
  const total = classes.reduce((sum, { length }) => sum + length, 0)
  const shares = classes.map(({ length }) => (count * length) / total)
  const parts = shares.map(Math.floor)
  const left = count - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = [...shares.keys()].sort((a, b) => shares[b]! - parts[b]! - (shares[a]! - parts[a]!) || a - b)
  for (const index of byRemainder.slice(0, left)) parts[index]! += 1
  return parts
}
