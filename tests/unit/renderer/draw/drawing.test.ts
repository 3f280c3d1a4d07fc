import { describe, expect, it } from 'vitest'
import { Drawing, type Stamp, type Stroke } from '../../../../renderer/drawing/drawing.ts'

const stroke = (x: number): Stroke => ({ kind: 'stroke', points: [{ x, y: 0 }], width: 20, erases: false })
const stamp: Stamp = { kind: 'stamp', pixels: new Uint8Array(784), index: 3, label: 7, dataset: 'mnist' }

function drawingOf(...marks: Parameters<Drawing['add']>[0][]): Drawing {
  const drawing = new Drawing()
  for (const mark of marks) drawing.add(mark)
  return drawing
}

describe('a drawing', () => {
  it('undoes one stroke at a time', () => {
    const drawing = drawingOf(stroke(1), stroke(2))
    drawing.undo()
    expect(drawing.visible).toEqual([stroke(1)])
    drawing.undo()
    expect(drawing.canUndo).toBe(false)
    drawing.undo()
    expect(drawing.visible).toEqual([])
  })

  it('brings back by undo what was cleared', () => {
    const drawing = drawingOf(stroke(1), { kind: 'clear' })
    expect(drawing.visible).toEqual([])
    drawing.undo()
    expect(drawing.visible).toEqual([stroke(1)])
  })

  it('has nothing to undo after an empty pad was cleared', () => {
    expect(drawingOf({ kind: 'clear' }).canUndo).toBe(false)
    const cleared = drawingOf(stroke(1), { kind: 'clear' }, { kind: 'clear' })
    cleared.undo()
    expect(cleared.visible).toEqual([stroke(1)])
  })

  it('starts anew with an image of the dataset, which can be drawn on', () => {
    const drawing = drawingOf(stroke(1), stamp)
    expect(drawing.visible).toEqual([stamp])
    expect(drawing.untouchedStamp).toBe(stamp)
    drawing.add(stroke(2))
    expect(drawing.visible).toEqual([stamp, stroke(2)])
    expect(drawing.untouchedStamp).toBeNull()
    drawing.undo()
    expect(drawing.untouchedStamp).toBe(stamp)
  })
})
