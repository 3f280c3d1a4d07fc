import { ShapeProblem, type ImageShape } from '../definition.ts'

export interface Window {
  readonly kernelSize: number
  readonly stride: number
  readonly padding: number
}

/** Height and width after a window has moved over the image, rounded down as PyTorch does. */
export function slide(layer: string, image: ImageShape, window: Window): { height: number; width: number } {
  const along = (side: number) => Math.floor((side + 2 * window.padding - window.kernelSize) / window.stride) + 1
  const height = along(image.height)
  const width = along(image.width)
  if (height < 1 || width < 1) {
    const padded = `${image.height + 2 * window.padding}×${image.width + 2 * window.padding}`
    const largest = Math.min(image.height, image.width) + 2 * window.padding
    throw new ShapeProblem(
      `${layer} has a window of ${window.kernelSize}×${window.kernelSize}, larger than its padded input of ${padded}.`,
      `Choose a kernel size of at most ${largest}.`,
      { kind: 'set', parameter: 'kernelSize', value: largest },
    )
  }
  return { height, width }
}
