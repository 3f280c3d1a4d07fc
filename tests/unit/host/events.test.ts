import { expect, it, vi } from 'vitest'
import { EventHub } from '#electron/host/events.ts'

it('tells every listener of its event, until it stops listening', () => {
  const hub = new EventHub()
  const heard: string[] = []
  const stop = hub.subscribe('lab.notice', ({ message }) => heard.push(`first ${message}`))
  hub.subscribe('lab.notice', ({ message }) => heard.push(`second ${message}`))
  hub.emit('lab.notice', { message: 'a' })
  hub.emit('networks.changed', {})
  stop()
  hub.emit('lab.notice', { message: 'b' })
  expect(heard).toEqual(['first a', 'second a', 'second b'])
})

it('goes on when a listener fails, and says so', () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
  const hub = new EventHub()
  const heard = vi.fn()
  hub.subscribe('lab.notice', () => {
    throw new Error('window gone')
  })
  hub.subscribe('lab.notice', heard)
  expect(() => hub.emit('lab.notice', { message: 'a' })).not.toThrow()
  expect(heard).toHaveBeenCalledOnce()
  expect(complaint).toHaveBeenCalledOnce()
  complaint.mockRestore()
})
