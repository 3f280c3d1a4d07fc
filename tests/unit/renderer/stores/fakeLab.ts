import { createPinia, setActivePinia } from 'pinia'
import { SignumError } from '#shared/contract/errors.ts'
import type { EventName, EventOf } from '#shared/contract/events.ts'
import type { Method, RequestOf, ResponseOf } from '#shared/contract/methods.ts'
import type { ConnectionState, LabConnection } from '../../../../renderer/rpc/index.ts'
import { useLabStore } from '../../../../renderer/stores/lab.ts'

type Handlers = { [M in Method]?: (input: RequestOf<M>) => ResponseOf<M> | Promise<ResponseOf<M>> }

/** A lab in memory: answers what a test teaches it and tells what a test lets it tell. */
export class FakeLab implements LabConnection {
  state: ConnectionState = 'online'
  readonly requests: { method: Method; input: unknown }[] = []
  private readonly handlers: Handlers
  private readonly listeners = new Map<EventName, Set<(payload: never) => void>>()
  private readonly stateListeners = new Set<(state: ConnectionState) => void>()

  constructor(handlers: Handlers) {
    this.handlers = handlers
  }

  async request<M extends Method>(method: M, input: RequestOf<M>): Promise<ResponseOf<M>> {
    this.requests.push({ method, input })
    const handler = this.handlers[method] as
      ((input: RequestOf<M>) => ResponseOf<M> | Promise<ResponseOf<M>>) | undefined
    if (!handler) throw new SignumError('not_supported', `The fake lab does not answer ${method}.`)
    return handler(input)
  }

  subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
    const listeners = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  tell<E extends EventName>(event: E, payload: EventOf<E>): void {
    for (const listener of this.listeners.get(event) ?? []) (listener as (payload: EventOf<E>) => void)(payload)
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  become(state: ConnectionState): void {
    this.state = state
    for (const listener of this.stateListeners) listener(state)
  }

  close(): void {
    this.become('refused')
  }

  count(method: Method): number {
    return this.requests.filter((request) => request.method === method).length
  }
}

/** A fresh set of stores on a fake lab. */
export function connectStores(handlers: Handlers): FakeLab {
  setActivePinia(createPinia())
  const fake = new FakeLab({
    'lab.info': () => ({
      version: '0.1.0',
      commit: null,
      host: 'server',
      dataFolder: '/data',
      backend: 'TensorFlow 2.21.0',
      kernels: 'avx2',
      threads: 2,
      notices: [],
    }),
    ...handlers,
  })
  void useLabStore().open(fake)
  return fake
}
