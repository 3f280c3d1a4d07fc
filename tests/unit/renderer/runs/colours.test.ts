import { describe, expect, it } from 'vitest'
import { assignColours, RUN_HUES } from '../../../../renderer/features/runs/colours.ts'

const ids = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`)

describe('the colours of runs', () => {
  it('are different for as many runs as there are hues', () => {
    const colours = assignColours(new Map(), ids(RUN_HUES))
    expect(new Set(colours.values()).size).toBe(RUN_HUES)
    expect(colours.get('r0')).toBe('run-1')
  })

  it('stay with a run while others come and go', () => {
    const first = assignColours(new Map(), ['a', 'b', 'c'])
    const second = assignColours(first, ['c', 'd', 'a'])
    expect(second.get('a')).toBe(first.get('a'))
    expect(second.get('c')).toBe(first.get('c'))
    expect(second.get('d')).toBe(first.get('b'))
    expect(second.has('b')).toBe(false)
  })

  it('are shared evenly when there are more runs than hues', () => {
    const colours = assignColours(new Map(), ids(2 * RUN_HUES))
    const uses = Map.groupBy(colours.values(), (token) => token)
    expect([...uses.values()].map(({ length }) => length)).toEqual(Array(RUN_HUES).fill(2))
  })
})
