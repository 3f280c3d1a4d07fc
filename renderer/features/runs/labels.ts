import { DATASETS } from '#shared/model/datasets.ts'

/** A dataset as people write it: "MNIST" for `mnist`. */
export function datasetTitle(name: string): string {
  return DATASETS.find((dataset) => dataset.name === name)?.title ?? name
}

/** "2 Oct, 14:05", with the year when it is not this one, in the person's own time zone. */
export function formatDate(iso: string, now = new Date()): string {
  const date = new Date(iso)
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...year })
}
