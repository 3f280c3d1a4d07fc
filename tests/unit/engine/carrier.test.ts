import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openCarrier } from '#electron/engine/carrier.ts'

describe('the carrier of a utility process', () => {
  const port = Object.assign(new EventEmitter(), { postMessage: vi.fn() })
  const host = process as { parentPort?: unknown }
  beforeEach(() => {
    host.parentPort = port
    vi.useFakeTimers()
  })
  afterEach(() => {
    delete host.parentPort
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  it('posts to the port and unwraps what comes from it', () => {
    const carrier = openCarrier<string, string>()
    const heard: string[] = []
    carrier.listen((message) => heard.push(message))
    port.emit('message', { data: 'pause' })
    carrier.send('paused')
    expect(heard).toEqual(['pause'])
    expect(port.postMessage).toHaveBeenCalledWith('paused')
  })

  it('gives the last message time to leave before the process ends', () => {
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
    openCarrier().end(0)
    expect(exit).not.toHaveBeenCalled()
    vi.runAllTimers()
    expect(exit).toHaveBeenCalledExactlyOnceWith(0)
  })
})
