import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import {
  classAccuracies,
  confusionMatrix,
  decodeLoss,
  encodeLoss,
  imagesOfCell,
  worstMistakes,
} from '#shared/predictions/predictions.ts'

const CLASSES = 4
const answers = fc
  .array(fc.tuple(fc.nat(CLASSES - 1), fc.nat(CLASSES - 1), fc.nat(255)), { maxLength: 60 })
  .map((images) => ({
    labels: Uint8Array.from(images, ([label]) => label),
    predicted: Uint8Array.from(images, ([, answer]) => answer),
    losses: Uint8Array.from(images, ([, , loss]) => loss),
  }))

describe('the answers to a test set', () => {
  test.prop([answers])('are each in one cell of the confusion matrix', ({ labels, predicted }) => {
    const counts = confusionMatrix(predicted, labels, CLASSES)
    const found = new Set<number>()
    for (let label = 0; label < CLASSES; label++) {
      for (let answer = 0; answer < CLASSES; answer++) {
        const images = imagesOfCell(predicted, labels, label, answer)
        expect(images).toHaveLength(counts[label * CLASSES + answer]!)
        images.forEach((image) => found.add(image))
      }
    }
    expect(found.size).toBe(labels.length)
  })

  test.prop([answers, fc.nat(20)])('have worst mistakes, ranked by their loss', ({ labels, ...given }, count) => {
    const worst = worstMistakes(given, labels, count)
    const mistakes = [...labels.keys()].filter((image) => given.predicted[image] !== labels[image])
    expect(worst).toHaveLength(Math.min(count, mistakes.length))
    expect(worst.every((image) => mistakes.includes(image))).toBe(true)
    const least = Math.min(...worst.map((image) => given.losses[image]!))
    for (const image of mistakes) if (!worst.includes(image)) expect(given.losses[image]).toBeLessThanOrEqual(least)
  })

  it('give the accuracy of each class, and none for a class without images', () => {
    const labels = Uint8Array.of(0, 0, 0, 1, 1, 2)
    const predicted = Uint8Array.of(0, 0, 1, 1, 0, 2)
    const confusion = confusionMatrix(predicted, labels, CLASSES)
    expect([...confusion]).toEqual([2, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    expect(classAccuracies(confusion, CLASSES)).toEqual([2 / 3, 1 / 2, 1, NaN])
  })
})

describe('a loss in one byte', () => {
  test.prop([fc.float({ min: 0, max: Math.fround(15.9), noNaN: true })])('is off by a 32nd at most', (loss) => {
    expect(Math.abs(decodeLoss(encodeLoss(loss)) - loss)).toBeLessThanOrEqual(1 / 32)
  })

  it('is the largest byte for everything above', () => {
    expect([16, 1e9, Infinity].map(encodeLoss)).toEqual([255, 255, 255])
    expect(encodeLoss(0)).toBe(0)
  })
})
