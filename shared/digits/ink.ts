import { hasTransparency, luminance, type Picture } from './luminance.ts'

/** Less contrast than this share of full range is paper, not writing. */
const LEAST_CONTRAST = 0.08
/** Ink as strong as this is a stroke for certain. */
const STROKE = 0.2
/** How far beyond the paper's own unevenness ink must stand out: about 1.7 standard deviations of even grain. */
const GRAIN_MARGIN = 2.5
/** And how far a stroke must, so that no lone speck of grain is taken for one. */
const STROKE_MARGIN = 3 * GRAIN_MARGIN

/**
 * The writing in a picture of any size, dark on light or light on dark.
 *
 * The paper is what most of the border shows; ink is the distance from it, stretched so that the strongest is 1. Faint
 * values stay only within one pixel of a stroke: that keeps the soft edges of anti-aliasing and drops the haze that
 * JPEG compression and cameras leave around writing.
 *
 * @returns ink row by row, 0 paper to 1 ink, for `normalizeDigit`; all 0 where the picture is blank.
 * @throws SignumError `invalid_image` when the picture's numbers do not fit together.
 */
export function inkFromImage(picture: Picture): Float32Array {
  const onWhite = inkFromLuminance(luminance(picture), picture.width, picture.height)
  if (!hasTransparency(picture) || onWhite.some((value) => value > 0)) return onWhite
  // White writing on a transparent ground vanishes on white; on black it shows.
  return inkFromLuminance(luminance(picture, 0), picture.width, picture.height)
}

function inkFromLuminance(light: Float32Array, width: number, height: number): Float32Array {
  const { paper, grain } = borderOf(light, width, height)
  let darkest = 1
  let lightest = 0
  for (const value of light) {
    darkest = Math.min(darkest, value)
    lightest = Math.max(lightest, value)
  }
  const isDarkOnLight = paper >= (darkest + lightest) / 2
  const contrast = isDarkOnLight ? paper - darkest : lightest - paper
  const ink = new Float32Array(light.length)
  const floor = grain * GRAIN_MARGIN
  if (contrast < LEAST_CONTRAST || contrast <= grain * STROKE_MARGIN) return ink
  light.forEach((value, index) => {
    const distance = isDarkOnLight ? paper - value : value - paper
    if (distance > floor) ink[index] = distance / contrast
  })
  return withoutHaze(ink, width, height, Math.max(STROKE, (grain * STROKE_MARGIN) / contrast))
}

/** The border's median brightness, and how far half of the border strays from it. */
function borderOf(light: Float32Array, width: number, height: number): { paper: number; grain: number } {
  const border: number[] = []
  for (let x = 0; x < width; x++) border.push(light[x]!, light[(height - 1) * width + x]!)
  for (let y = 0; y < height; y++) border.push(light[y * width]!, light[y * width + width - 1]!)
  const paper = median(border)
  const strays = border.map((value) => Math.abs(value - paper))
  return { paper, grain: median(strays) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}

function withoutHaze(ink: Float32Array, width: number, height: number, stroke: number): Float32Array {
  const kept = new Float32Array(ink.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x]! < stroke) continue
      for (let nearY = Math.max(0, y - 1); nearY <= Math.min(height - 1, y + 1); nearY++) {
        for (let nearX = Math.max(0, x - 1); nearX <= Math.min(width - 1, x + 1); nearX++) {
          const near = nearY * width + nearX
          kept[near] = ink[near]!
        }
      }
    }
  }
  return kept
}
