import { SignumError } from '#shared/contract/errors.ts'

/** First four bytes of the format: two zeros, 8 for unsigned bytes, the number of dimensions. */
const IMAGES_MAGIC = 0x00000803
const LABELS_MAGIC = 0x00000801

interface Expectation {
  readonly count: number
  readonly height: number
  readonly width: number
}

function damaged(file: string, what: string): SignumError {
  return new SignumError('file_unreadable', `The dataset file ${file} is damaged: ${what}. Install the dataset again.`)
}

/**
 * The pixels of an IDX image file (http://yann.lecun.com/exdb/mnist), row by row, as a view of `bytes`.
 *
 * @throws SignumError `file_unreadable` when the header or the length is not as expected.
 */
export function parseImages(bytes: Uint8Array, file: string, expected: Expectation): Uint8Array {
  const [count, height, width] = readHeader(bytes, file, IMAGES_MAGIC, 3) as [number, number, number]
  if (count !== expected.count || height !== expected.height || width !== expected.width) {
    throw damaged(
      file,
      `it holds ${count} images of ${height}×${width}, not ${expected.count} of ${expected.height}×${expected.width}`,
    )
  }
  return body(bytes, file, 3, count * height * width)
}

/**
 * The class numbers of an IDX label file, as a view of `bytes`.
 *
 * @throws SignumError `file_unreadable` when the header, the length or a label is not as expected.
 */
export function parseLabels(bytes: Uint8Array, file: string, count: number, classes: number): Uint8Array {
  const [found] = readHeader(bytes, file, LABELS_MAGIC, 1) as [number]
  if (found !== count) throw damaged(file, `it holds ${found} labels, not ${count}`)
  const labels = body(bytes, file, 1, count)
  const wrong = labels.find((label) => label >= classes)
  if (wrong !== undefined) throw damaged(file, `it has the label ${wrong}, but there are ${classes} classes`)
  return labels
}

function readHeader(bytes: Uint8Array, file: string, magic: number, dimensions: number): number[] {
  if (bytes.length < 4 * (dimensions + 1)) throw damaged(file, `it ends after ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = view.getUint32(0)
  if (found !== magic) throw damaged(file, `it begins with ${found}, not with ${magic}`)
  return Array.from({ length: dimensions }, (_, index) => view.getUint32(4 * (index + 1)))
}

function body(bytes: Uint8Array, file: string, dimensions: number, length: number): Uint8Array {
  const start = 4 * (dimensions + 1)
  if (bytes.length !== start + length) {
    throw damaged(file, `it has ${bytes.length} bytes, not ${start + length}`)
  }
  return bytes.subarray(start)
}
