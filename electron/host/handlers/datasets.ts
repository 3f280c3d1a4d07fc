import { SignumError } from '#shared/contract/errors.ts'
import { requireDataset } from '#shared/model/datasets.ts'
import type { HandlersOf, HostContext } from '../context.ts'

export function datasetHandlers({ inference }: HostContext): HandlersOf<'datasets'> {
  return {
    'datasets.list': async () => [...(await inference.ask({ type: 'datasets' })).datasets],
    'datasets.sample': async ({ dataset: name, split, index }) => {
      const dataset = requireDataset(name)
      const images = split === 'train' ? dataset.trainImages : dataset.testImages
      if (index >= images) {
        throw new SignumError(
          'invalid_request',
          `There is no image ${index} among the ${images} ${split} images of ${name}. Choose one from 0 to ${images - 1}.`,
          { place: { field: 'index' } },
        )
      }
      const { pixels, label } = await inference.ask({ type: 'sample', dataset: name, split, index })
      return { pixels: new Uint8Array(pixels), label }
    },
  }
}
