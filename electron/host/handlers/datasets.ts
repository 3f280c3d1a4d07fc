import { SignumError } from '#shared/contract/errors.ts'
import { requireDataset } from '#shared/model/datasets.ts'
import type { HandlersOf, HostContext } from '../context.ts'

type Split = 'train' | 'test'

export function datasetHandlers({ inference }: HostContext): HandlersOf<'datasets'> {
  async function samples(name: string, split: Split, indices: readonly number[]) {
    requireImages(name, split, indices)
    const { pixels, labels } = await inference.ask({ type: 'samples', dataset: name, split, indices })
    return { pixels: new Uint8Array(pixels), labels: new Uint8Array(labels) }
  }
  return {
    'datasets.list': async () => [...(await inference.ask({ type: 'datasets' })).datasets],
    'datasets.sample': async ({ dataset, split, index }) => {
      const { pixels, labels } = await samples(dataset, split, [index])
      return { pixels, label: labels[0]! }
    },
    'datasets.samples': ({ dataset, split, indices }) => samples(dataset, split, indices),
    'datasets.labels': async ({ dataset, split }) => {
      const { name } = requireDataset(dataset)
      return { labels: new Uint8Array((await inference.ask({ type: 'labels', dataset: name, split })).labels) }
    },
  }
}

function requireImages(name: string, split: Split, indices: readonly number[]): void {
  const dataset = requireDataset(name)
  const images = split === 'train' ? dataset.trainImages : dataset.testImages
  const outside = indices.find((index) => index >= images)
  if (outside === undefined) return
  throw new SignumError(
    'invalid_request',
    `There is no image ${outside} among the ${images} ${split} images of ${name}. Choose one from 0 to ${images - 1}.`,
    { place: { field: 'index' } },
  )
}
