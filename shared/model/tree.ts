import type { LayerSpec, LayerSpecOf } from './spec.ts'

/** A layer that holds a stack of its own. */
export type Block = LayerSpecOf<'Residual'>

type Layers = readonly LayerSpec[]

/** Where a layer stands: in the stack of the block `block`, or of the network itself for null. */
export interface Place {
  readonly block: string | null
  readonly index: number
}

export function isBlock(layer: LayerSpec): layer is Block {
  return 'layers' in layer
}

/** Every layer in the order in which a signal meets them; a block comes before what it holds. */
export function* everyLayer(layers: Layers): Generator<LayerSpec> {
  for (const layer of layers) {
    yield layer
    if (isBlock(layer)) yield* everyLayer(layer.layers)
  }
}

export function findLayer(layers: Layers, id: string): LayerSpec | undefined {
  for (const layer of everyLayer(layers)) if (layer.id === id) return layer
  return undefined
}

/** The blocks around a layer, outermost first, and the layer itself at the end; empty where there is none. */
export function pathTo(layers: Layers, id: string): readonly LayerSpec[] {
  for (const layer of layers) {
    if (layer.id === id) return [layer]
    const inner = isBlock(layer) ? pathTo(layer.layers, id) : []
    if (inner.length > 0) return [layer, ...inner]
  }
  return []
}

export function placeOf(layers: Layers, id: string): Place | null {
  const path = pathTo(layers, id)
  const layer = path.at(-1)
  if (!layer) return null
  const block = path.at(-2)?.id ?? null
  return { block, index: stackOf(layers, block)!.indexOf(layer) }
}

/** The stack of a block, or the network's own for null; undefined where there is no such block. */
export function stackOf(layers: Layers, block: string | null): Layers | undefined {
  if (block === null) return layers
  const layer = findLayer(layers, block)
  return layer && isBlock(layer) ? layer.layers : undefined
}

/** The same tree with every stack as `change` makes it, innermost first; stacks it returns as they were stay the same. */
export function mapStacks(layers: Layers, change: (stack: Layers, block: string | null) => Layers): Layers {
  const within = (stack: Layers, block: string | null): Layers => {
    const inner = stack.map((layer) => {
      if (!isBlock(layer)) return layer
      const held = within(layer.layers, layer.id)
      return held === layer.layers ? layer : { ...layer, layers: [...held] }
    })
    return change(inner.every((layer, index) => layer === stack[index]) ? stack : inner, block)
  }
  return within(layers, null)
}

/** The same tree with each layer as `change` makes it, what a block holds before the block. */
export function mapLayers(layers: Layers, change: (layer: LayerSpec) => LayerSpec): Layers {
  return mapStacks(layers, (stack) => {
    const next = stack.map(change)
    return next.every((layer, index) => layer === stack[index]) ? stack : next
  })
}

/** How many blocks lie around the innermost one, that one counted too; 0 without blocks. */
export function depthOf(layers: Layers): number {
  return layers.reduce((deepest, layer) => (isBlock(layer) ? Math.max(deepest, 1 + depthOf(layer.layers)) : deepest), 0)
}
