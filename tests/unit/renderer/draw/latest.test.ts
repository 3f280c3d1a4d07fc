import { describe, expect, it, vi } from 'vitest'
import { LatestRequest } from '../../../../renderer/drawing/latest.ts'

/** A request whose answers the test gives by hand. */
function handAnswered() {
  const open: { input: string; answer: (output: string) => void; refuse: (error: Error) => void }[] = []
  const received: string[] = []
  const failed: unknown[] = []
  const request = new LatestRequest<string, string>({
    send: (input) => new Promise((answer, refuse) => open.push({ input, answer, refuse })),
    receive: (output) => received.push(output),
    fail: (error) => failed.push(error),
  })
  return { request, open, received, failed }
}

describe('asking about what changes all the time', () => {
  it('sends one of all that came within a frame, the newest', async () => {
    const { request, open } = handAnswered()
    for (const input of ['a', 'b', 'c']) request.submit(input)
    await vi.waitFor(() => expect(open).toHaveLength(1))
    expect(open[0]!.input).toBe('c')
  })

  it('waits for the answer before it asks again, and then asks about the newest only', async () => {
    const { request, open, received } = handAnswered()
    request.submit('a')
    await vi.waitFor(() => expect(open).toHaveLength(1))
    for (const input of ['b', 'c', 'd']) request.submit(input)
    open[0]!.answer('answer to a')
    await vi.waitFor(() => expect(open).toHaveLength(2))
    expect(open[1]!.input).toBe('d')
    open[1]!.answer('answer to d')
    await vi.waitFor(() => expect(received).toEqual(['answer to a', 'answer to d']))
    expect(open).toHaveLength(2)
  })

  it('delivers nothing after it was cancelled', async () => {
    const { request, open, received } = handAnswered()
    request.submit('a')
    await vi.waitFor(() => expect(open).toHaveLength(1))
    request.submit('b')
    request.cancel()
    open[0]!.answer('too late')
    request.submit('c')
    await vi.waitFor(() => expect(open).toHaveLength(2))
    open[1]!.answer('answer to c')
    await vi.waitFor(() => expect(received).toEqual(['answer to c']))
  })

  it('goes on after a failure', async () => {
    const { request, open, received, failed } = handAnswered()
    request.submit('a')
    await vi.waitFor(() => expect(open).toHaveLength(1))
    open[0]!.refuse(new Error('no'))
    await vi.waitFor(() => expect(failed).toHaveLength(1))
    request.submit('b')
    await vi.waitFor(() => expect(open).toHaveLength(2))
    open[1]!.answer('answer to b')
    await vi.waitFor(() => expect(received).toEqual(['answer to b']))
  })
})
