import { describe, expect, it } from 'vitest'
import { RecentlyUsed } from '#electron/engine/inference/recent.ts'

function setUp() {
  const made: string[] = []
  const forgotten: string[] = []
  const recent = new RecentlyUsed<{ dispose(): void }>(2)
  const get = (name: string) =>
    recent.get(name, async () => {
      made.push(name)
      return { dispose: () => void forgotten.push(name) }
    })
  return { made, forgotten, recent, get }
}

describe('what was used recently', () => {
  it('is made once, also when asked for twice at once', async () => {
    const { made, get } = setUp()
    const [first, second] = await Promise.all([get('a'), get('a')])
    expect(second).toBe(first)
    expect(await get('a')).toBe(first)
    expect(made).toEqual(['a'])
  })

  it('pushes out and disposes of what was used longest ago', async () => {
    const { made, forgotten, get } = setUp()
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name)
    expect(forgotten).toEqual(['b', 'c'])
    expect(made).toEqual(['a', 'b', 'c', 'b'])
  })

  it('is tried again when it could not be made', async () => {
    const { recent, get } = setUp()
    await expect(recent.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(get('a')).resolves.toBeDefined()
  })
})
