import { describe, expect, it } from 'vitest'
import { defaultChoices, place, resolveChoices } from '../../../../renderer/drawing/choices.ts'
import { summary } from '../runFixtures.ts'

const binary = (id: string, status: 'finished' | 'stopped' = 'finished') => summary({ id, status })
const full = (id: string, status: 'finished' | 'stopped' = 'finished') => ({
  ...summary({ id, status }),
  binaryParameters: 0,
})

describe('the two runs that answer', () => {
  it('are the newest finished of each kind', () => {
    expect(defaultChoices([binary('b2'), full('f2'), binary('b1'), full('f1')])).toEqual(['f2', 'b2'])
  })

  it('are finished rather than new', () => {
    expect(defaultChoices([binary('b2', 'stopped'), full('f2', 'stopped'), binary('b1'), full('f1')])).toEqual([
      'f1',
      'b1',
    ])
    expect(defaultChoices([binary('b2', 'stopped'), full('f1', 'stopped')])).toEqual(['f1', 'b2'])
  })

  it('may be of one kind, or fewer than two', () => {
    expect(defaultChoices([binary('b2'), binary('b1')])).toEqual(['b2', 'b1'])
    expect(defaultChoices([full('f2'), full('f1')])).toEqual(['f2', 'f1'])
    expect(defaultChoices([full('f1')])).toEqual(['f1', null])
    expect(defaultChoices([])).toEqual([null, null])
  })

  it('follow the newest until the person chooses', () => {
    const before = [binary('b1'), full('f1')]
    const after = [binary('b2'), full('f2'), ...before]
    expect(resolveChoices([null, null], after)).toEqual(['f2', 'b2'])
    expect(resolveChoices([null, 'b1'], after)).toEqual(['f2', 'b1'])
    expect(resolveChoices(['b2', null], after)).toEqual(['b2', 'f2'])
  })

  it('are replaced when they are gone', () => {
    expect(resolveChoices(['f1', 'gone'], [binary('b2'), full('f1')])).toEqual(['f1', 'b2'])
    expect(resolveChoices(['gone', 'gone too'], [])).toEqual([null, null])
    expect(resolveChoices([null, 'f1'], [full('f1')])).toEqual([null, 'f1'])
  })

  it('stand in the place of their kind', () => {
    expect(place(['f1', 'b1'], binary('b2'))).toEqual(['f1', 'b2'])
    expect(place(['f1', 'b1'], full('f2'))).toEqual(['f2', 'b1'])
  })
})
