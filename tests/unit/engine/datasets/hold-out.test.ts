import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { holdOut } from '#electron/engine/datasets/hold-out.ts'
import { seedStreams } from '#electron/engine/random.ts'
import { ImageStream } from '#electron/engine/training/image-stream.ts'
import { trainingSettingsSchema } from '#shared/model/training.ts'
import { native, useBackend } from '../support.ts'

const hold = (labels: readonly number[], heldOut: number, seed = 1) =>
  holdOut(
    { labels: Uint8Array.from(labels) },
    { images: labels.length - heldOut, heldOut },
    seedStreams(seed).validation,
  )

describe('images that are held out', () => {
  it('and those that are trained on are all images, each once, of every class its even part', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(labels, fc.nat(), fc.nat(), (classes, wanted, seed) => {
        const count = 1 + (wanted % classes.length)
        const { trained, heldOut } = hold(classes, count, seed)!
        expect(heldOut).toHaveLength(count)
        expect([...trained, ...heldOut].toSorted((a, b) => a - b)).toEqual([...classes.keys()])
        for (const label of new Set(classes)) {
          const all = classes.filter((other) => other === label).length
          const held = heldOut.reduce((sum, place) => sum + Number(classes[place] === label), 0)
          expect(Math.abs(held - (count * all) / classes.length)).toBeLessThan(1)
        }
      }),
    )
  })

  it('are the same under the same seed, and others under another', () => {
    const labels = Array.from({ length: 200 }, (_, place) => place % 10)
    expect(hold(labels, 20)).toEqual(hold(labels, 20))
    expect(hold(labels, 20)).not.toEqual(hold(labels, 20, 2))
  })

  it('are none where none are asked for, and come only from the images that are taken', () => {
    expect(hold([1, 2, 3], 0)).toBeNull()
    const division = { images: 3, heldOut: 1 }
    const { trained, heldOut } = holdOut({ labels: new Uint8Array(100) }, division, seedStreams(1).validation)!
    expect(Math.max(...trained, ...heldOut)).toBe(3)
  })
})

describe('a stream of images of which some are held out', () => {
  beforeAll(() => useBackend(native))

  it.each([true, false])('gives every other image once an epoch (shuffled: %s)', (shuffle) => {
    // One pixel an image, which says its place.
    const pixels = Uint8Array.from({ length: 40 }, (_, place) => place)
    const split = { count: 40, pixels, labels: pixels.map((place) => place % 4) }
    const shape = { name: 'places', height: 1, width: 1, channels: 1, classes: ['0', '1', '2', '3'], sha256: '' }
    const dataset = { ...shape, train: split, test: split }
    const { trained } = holdOut(split, { images: 30, heldOut: 10 }, seedStreams(3).validation)!
    const plan = { images: 30, heldOut: 10, batchSize: 7, epochs: 2, stepsPerEpoch: 5, totalSteps: 10 }
    const settings = trainingSettingsSchema.parse({ shuffle })
    const stream = new ImageStream(plan, { dataset, trained }, seedStreams(3), settings)
    for (let epoch = 0; epoch < 2; epoch++) {
      const seen = Array.from({ length: 5 }, (_, step) => {
        const batch = stream.batch(step)
        const places = [...batch.images.dataSync()].map((value) => Math.round(value * 255))
        batch.dispose()
        return places
      }).flat()
      expect(shuffle ? seen.toSorted((a, b) => a - b) : seen).toEqual([...trained])
      stream.nextEpoch()
    }
  })
})
