import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SnapshotFile, type Frame, type FramePart } from '#electron/engine/training/snapshots/file.ts'
import { partBytes, SnapshotArchive } from '#shared/snapshots/archive.ts'
import { HISTOGRAM_BUCKETS, PART_KINDS, SNAPSHOT_FILE, type SnapshotHeader } from '#shared/snapshots/format.ts'
import { encodeRecord } from '#shared/snapshots/record.ts'
import { temporaryFolder } from '../../../../fixtures/temporary.ts'

const FILTERS = 3
const WEIGHTS = 70 * FILTERS

const layer = (id: string) => ({
  id,
  type: 'QLinear',
  binary: true,
  filters: FILTERS,
  filter: { height: 1, width: 70, channels: 1 },
  clip: 1,
})
const header: SnapshotHeader = { schema: 1, stepsPerEpoch: 10, totalSteps: 100, layers: [layer('a'), layer('b')] }
const measures = { range: 1, histogram: new Array<number>(HISTOGRAM_BUCKETS).fill(0), steps: [], spans: [], flips: [] }

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
/** A part that is there or not: layers and kinds come at different frames, as in a run. */
const part = (at: number, kind: FramePart['kind']) =>
  fc.option(
    fc.record({
      layer: fc.constant(at),
      kind: fc.constant(kind),
      range: fc.constantFrom(0.5, 1),
      bytes: bytesOf(partBytes(WEIGHTS, kind)),
    }),
    { freq: 3 },
  )
const frames = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 4 }), ...[0, 1].flatMap((at) => PART_KINDS.map((kind) => part(at, kind)))),
    {
      minLength: 1,
      maxLength: 20,
    },
  )
  .map((given) => {
    let step = -1
    return given.map(([gap, ...parts]): Frame => {
      step += gap
      return { step, measures: [measures, measures], parts: parts.filter((one) => one !== null) }
    })
  })

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder[Symbol.dispose]())

const path = () => join(folder.path, SNAPSHOT_FILE)

function read(): SnapshotArchive {
  const bytes = readFileSync(path())
  return new SnapshotArchive({ size: bytes.length, read: (at, count) => bytes.subarray(at, at + count) }, inflateSync)
}

function write(file: SnapshotFile, given: readonly Frame[], limit = Infinity): void {
  for (const frame of given) file.append(frame, limit)
  file.close()
}

/** Every layer and kind at every step up to the last, against a look through the frames as they were given. */
function expectFrames(archive: SnapshotArchive, given: readonly Frame[]): void {
  expect(archive.frames.map(({ head }) => head.step)).toEqual(given.map(({ step }) => step))
  for (const at of [0, 1]) {
    for (const kind of PART_KINDS) {
      const isAsked = (one: FramePart) => one.layer === at && one.kind === kind
      let known = null
      for (const { step } of given) {
        const frame = given.findLast((one) => one.step <= step && one.parts.some(isAsked))
        const expected = frame?.parts.find(isAsked)
        const found = archive.find(at, kind, step)
        expect(found).toEqual(expected ? { step: frame!.step, range: expected.range, bytes: expected.bytes } : null)
        // The same from the answer before, as when the frames are played.
        known = archive.find(at, kind, step, known)
        expect(known).toEqual(found)
      }
    }
  }
}

describe('a file of snapshots', () => {
  it('gives back every layer and kind at every step', () => {
    fc.assert(
      fc.property(frames, (given) => {
        const file = SnapshotFile.create(folder.path, header)
        write(file, given)
        expect(file.size).toBe(statSync(path()).size)
        expect(read().header).toEqual(header)
        expectFrames(read(), given)
      }),
      { numRuns: 12 },
    )
  })

  it('is read up to its last whole frame, wherever it was torn', () => {
    fc.assert(
      fc.property(frames, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        write(SnapshotFile.create(folder.path, header), given)
        const ends = read().frames.map(({ end }) => end)
        const headerEnd = encodeRecord(header, []).length
        const size = Math.floor(headerEnd + share * (ends.at(-1)! - headerEnd))
        truncateSync(path(), size)
        expectFrames(read(), given.slice(0, ends.filter((end) => end <= size).length))
      }),
      { numRuns: 12 },
    )
  })

  it('goes on after the step of a checkpoint: what came later is cut off, what follows is read with what is there', () => {
    fc.assert(
      fc.property(frames, frames, fc.nat(100), (before, after, step) => {
        write(SnapshotFile.create(folder.path, header), before)
        const resumed = SnapshotFile.resume(folder.path, header, step)
        const kept = before.filter((frame) => frame.step <= step)
        expect(resumed === null).toBe(kept.length === 0)
        if (kept.length === 0) return
        const later = after.map((frame) => ({ ...frame, step: frame.step + step + 1 }))
        write(resumed!.file, later)
        expectFrames(read(), [...kept, ...later])
      }),
      { numRuns: 12 },
    )
  })

  it('is not gone on with for another network', () => {
    write(SnapshotFile.create(folder.path, header), [{ step: 0, measures: [measures, measures], parts: [] }])
    const other = { ...header, layers: [layer('a')] }
    expect(SnapshotFile.resume(folder.path, other, 5)).toBeNull()
  })

  it('stays below its limit: the parts that have no room are left out, and then whole frames', () => {
    const bytes = Uint8Array.from({ length: partBytes(WEIGHTS, 'latents') }, (_, index) => (index * 7919) % 251)
    const full = (step: number): Frame => ({
      step,
      measures: [measures, measures],
      parts: [0, 1].map((at) => ({ layer: at, kind: 'latents', range: step + 1, bytes })),
    })
    const file = SnapshotFile.create(folder.path, header)
    const limit = 6000
    const kept = []
    for (let step = 0; step < 20; step++) kept.push(file.append(full(step), limit))
    file.close()
    expect(statSync(path()).size).toBeLessThanOrEqual(limit)
    expect(kept[0]).toBe(true)
    expect(kept.at(-1)).toBe(false)
    expect(read().frames).toHaveLength(kept.filter(Boolean).length)
  })

  it('is refused when its beginning is damaged, and a part when its bytes are', () => {
    const bytes = new Uint8Array(partBytes(WEIGHTS, 'latents')).fill(3)
    const frame: Frame = {
      step: 0,
      measures: [measures, measures],
      parts: [{ layer: 0, kind: 'latents', range: 1, bytes }],
    }
    write(SnapshotFile.create(folder.path, header), [frame])
    const whole = readFileSync(path())
    const flipped = (at: number) => whole.map((byte, index) => (index === at ? byte ^ 255 : byte))
    writeFileSync(path(), flipped(20))
    expect(() => read()).toThrow(expect.objectContaining({ code: 'file_unreadable' }))
    writeFileSync(path(), flipped(whole.length - 1))
    expect(() => read().find(0, 'latents', 0)).toThrow(expect.objectContaining({ code: 'file_unreadable' }))
  })

  it('of a newer version says so', () => {
    writeFileSync(path(), encodeRecord({ ...header, schema: 2 }, []))
    expect(() => read()).toThrow(/newer version of Signum/)
  })
})
