import { describe, expect, it, vi } from 'vitest'
import { foldGroups, nameInGroup } from '../../../../renderer/features/runs/groups.ts'
import { GroupHistory } from '../../../../renderer/features/runs/groupHistory.ts'
import { curvesOf, marksOf, type ShownRun } from '../../../../renderer/features/runs/lines.ts'
import { RunHistory } from '../../../../renderer/stores/runHistory.ts'
import { detail, epoch, steps, summary } from '../runFixtures.ts'

const member = (seed: number, testAccuracy: number | null, name = `wide, seed ${seed}`) =>
  summary({
    id: `s${seed}`,
    seed,
    name,
    testAccuracy,
    status: 'finished',
    groupId: 'g',
    createdAt: `2026-01-01T00:00:0${seed}.000Z`,
  })

describe('the runs of a group', () => {
  it('stand together where the first of them stands, by seed, with their mean and spread', () => {
    const [alone, other] = [summary({ id: 'alone' }), summary({ id: 'other' })]
    const [before, folded, after] = foldGroups([alone, member(3, null), other, member(1, 0.98), member(2, 0.99)])
    expect([before!.run?.id, after!.run?.id]).toEqual(['alone', 'other'])
    const { name, runs, accuracy } = folded!.group!
    expect([name, runs.map(({ seed }) => seed)]).toEqual(['wide', [1, 2, 3]])
    expect(accuracy).toEqual({ mean: expect.closeTo(0.985, 10), std: expect.closeTo(0.0070711, 6), count: 2 })
  })

  it('are not judged by those that are still at work', () => {
    const group = foldGroups([member(1, 0.98), { ...member(2, 0.4), status: 'running' }])[0]!.group!
    expect(group.accuracy).toEqual({ mean: 0.98, std: 0, count: 1 })
  })

  it('are called by what tells them apart beneath the name of their group, but for one that was renamed', () => {
    const group = foldGroups([member(1, null), member(2, null)])[0]!.group!
    expect(group.runs.map((run) => nameInGroup(run, group))).toEqual(['seed 1', 'seed 2'])
    expect(nameInGroup(member(2, null, 'the best'), group)).toBe('the best')
  })

  it('have the name of their network where one was renamed, and one alone is no group', () => {
    expect(foldGroups([member(1, null), member(2, null, 'the best')])[0]!.group?.name).toBe('lenet-binary')
    expect(foldGroups([member(1, null)])[0]!.run?.id).toBe('s1')
  })
})

describe('the history of a group', () => {
  function historyOf(id: string, factor: number, count: number): RunHistory {
    const history = new RunHistory(id)
    history.detail.value = detail({ id, marks: [{ step: 1, learningRate: 0.5 }] })
    history.append(steps(1, count, () => factor))
    history.setEpochs([epoch(1, { testLoss: factor, testAccuracy: 0.9 })])
    return history
  }
  const shown = (history: GroupHistory): ShownRun => ({ id: 'g', name: 'wide', colour: 'run-1', binary: true, history })

  it('is drawn as the mean of its runs, with a band of one standard deviation, without marks of its own', () => {
    const group = new GroupHistory([historyOf('a', 1, 4), historyOf('b', 3, 2)])
    const [train, test] = curvesOf([shown(group)], 'Loss', 'step', 0)
    expect([...train!.y.view()]).toEqual([2, 2, 1, 1])
    expect([...train!.band!.low.view()]).toEqual([2 - Math.SQRT2, 2 - Math.SQRT2, 1, 1])
    expect([...train!.band!.high.view()]).toEqual([2 + Math.SQRT2, 2 + Math.SQRT2, 1, 1])
    expect(train!.x.length).toBe(4)
    expect([...test!.y.view()]).toEqual([2])
    expect(marksOf([shown(group)], 'step')).toEqual([])
    group.dispose()
  })

  it('follows its runs until it is disposed of, also where one goes back to its checkpoint', () => {
    vi.useFakeTimers()
    const [a, b] = [historyOf('a', 1, 2), historyOf('b', 3, 2)]
    const group = new GroupHistory([a, b])
    a.append(steps(3, 3, () => 1))
    vi.runAllTimers()
    expect([...group.loss.view()]).toEqual([2, 2, 1])
    a.append(steps(2, 2, () => 5))
    vi.runAllTimers()
    expect([...group.loss.view()]).toEqual([2, 4])
    expect(group.step.length).toBe(2)
    group.dispose()
    a.append(steps(3, 9, () => 1))
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})
