import { describeDatasets } from '#electron/engine/datasets/registry.ts'
import type { Dataset, DoctorCheck } from '#shared/contract/methods.ts'

/** MNIST comes with the packages; whatever else there is, the lab can do without. */
const REQUIRED = 'mnist'

export function datasetChecks(datasets: readonly Dataset[] = describeDatasets()): DoctorCheck[] {
  return datasets.map(({ name, title, available, hint, trainImages, testImages }) => ({
    id: name,
    label: title,
    status: available ? 'ok' : name === REQUIRED ? 'missing' : 'warning',
    detail: available
      ? `${trainImages.toLocaleString('en')} + ${testImages.toLocaleString('en')} images`
      : (hint ?? 'Its files were not found.'),
  }))
}
