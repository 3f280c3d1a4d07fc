import { inject, onScopeDispose, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { LayerType } from '#shared/model/layers/index.ts'
import type { Place } from '#shared/model/tree.ts'
import { dropIndex, markerAt, scrollSpeed, type DropBlock } from '../../editing/dropping.ts'
import { followPointer, type Point } from './followPointer.ts'

/** What is being dragged: a new layer from the palette, or layers of the stack. */
export type DragSource =
  { readonly kind: 'new'; readonly type: LayerType } | { readonly kind: 'layers'; readonly ids: readonly string[] }

/** What letting go would do. */
export type DropTarget =
  | { readonly kind: 'insert'; readonly place: Place; readonly depth: number; readonly top: number }
  | { readonly kind: 'remove' }
  | { readonly kind: 'none' }

/** The stack as the drag needs to know it. */
export interface DropArea {
  readonly scroller: HTMLElement
  blocks(): readonly DropBlock[]
  /** Where this would stand above the block `index`, and how deep inside others; null where it cannot. */
  placeAbove(index: number, source: DragSource): { readonly place: Place; readonly depth: number } | null
}

export interface LayerDrag {
  readonly source: ShallowRef<DragSource | null>
  readonly pointer: ShallowRef<Point>
  readonly target: ShallowRef<DropTarget>
  /** Begins a drag if the pointer moves far enough before it is let go. */
  press(event: PointerEvent, source: () => DragSource): void
  /** The stack tells where it is; returns the way to take it back. */
  receive(area: DropArea): () => void
}

export interface DropActions {
  insert(type: LayerType, place: Place): void
  move(ids: readonly string[], place: Place): void
  remove(ids: readonly string[]): void
  cancelled(): void
}

const KEY: InjectionKey<LayerDrag> = Symbol('layer drag')
const NOWHERE: DropTarget = { kind: 'none' }

/** Dragging layers by mouse, pen or finger, for every component below the caller. */
export function provideLayerDrag(actions: DropActions): LayerDrag {
  const source = shallowRef<DragSource | null>(null)
  const pointer = shallowRef<Point>({ x: 0, y: 0 })
  const target = shallowRef<DropTarget>(NOWHERE)
  let area: DropArea | null = null
  let frame = 0
  let stop = () => {}

  function aim(): void {
    if (area && source.value) target.value = targetAt(area, pointer.value, source.value)
  }

  /** Runs while something is held, because the stack scrolls under a pointer that rests. */
  function scroll(): void {
    if (area && target.value.kind === 'insert') {
      const speed = scrollSpeed(area.scroller.getBoundingClientRect(), pointer.value.y)
      if (speed !== 0) area.scroller.scrollTop += speed
      aim()
    }
    frame = requestAnimationFrame(scroll)
  }

  function finish(): void {
    cancelAnimationFrame(frame)
    source.value = null
    target.value = NOWHERE
  }

  function drop(): void {
    const dragged = source.value
    const where = target.value
    finish()
    if (!dragged) return
    if (where.kind === 'none') actions.cancelled()
    else if (dragged.kind === 'layers') {
      if (where.kind === 'insert') actions.move(dragged.ids, where.place)
      else actions.remove(dragged.ids)
    } else if (where.kind === 'insert') actions.insert(dragged.type, where.place)
  }

  function press(event: PointerEvent, begin: () => DragSource): void {
    stop()
    stop = followPointer(event, {
      begin() {
        source.value = begin()
        frame = requestAnimationFrame(scroll)
      },
      move(point) {
        pointer.value = point
        aim()
      },
      drop,
      cancel() {
        finish()
        actions.cancelled()
      },
    })
  }

  onScopeDispose(() => {
    stop()
    finish()
  })

  const drag: LayerDrag = {
    source,
    pointer,
    target,
    press,
    receive(value) {
      area = value
      return () => (area = null)
    },
  }
  provide(KEY, drag)
  return drag
}

export function useLayerDrag(): LayerDrag {
  const drag = inject(KEY)
  if (!drag) throw new Error('useLayerDrag() needs provideLayerDrag() in a component above.')
  return drag
}

/** Beside the stack a layer is taken out; above and below it the ends are meant. */
function targetAt({ scroller, blocks, placeAbove }: DropArea, { x, y }: Point, source: DragSource): DropTarget {
  const box = scroller.getBoundingClientRect()
  const outsideWindow = x < 0 || y < 0 || x > innerWidth || y > innerHeight
  if (outsideWindow) return NOWHERE
  if (x < box.left || x > box.right) return source.kind === 'layers' ? { kind: 'remove' } : NOWHERE
  const extents = blocks()
  const index = dropIndex(extents, y)
  const target = placeAbove(index, source)
  if (!target) return NOWHERE
  return { kind: 'insert', ...target, top: markerAt(extents, index, box.top + 48) - box.top + scroller.scrollTop }
}
