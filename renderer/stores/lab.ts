import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { EventName, EventOf } from '#shared/contract/events.ts'
import { SignumError, toErrorMessage } from '#shared/contract/errors.ts'
import type { LabInfo, Method, RequestOf, ResponseOf } from '#shared/contract/methods.ts'
import type { ConnectionState, LabConnection } from '../rpc/index.ts'

/** The page's one way to the lab, and what the lab says about itself. */
export const useLabStore = defineStore('lab', () => {
  let connection: LabConnection | null = null
  const connectionState = ref<ConnectionState>('connecting')
  const info = shallowRef<LabInfo | null>(null)
  /** Why the lab could not answer what the page asked first, in a sentence. */
  const problem = ref<string | null>(null)
  const whenOnline = new Set<() => void>()

  function connected(): LabConnection {
    if (connection) return connection
    throw new SignumError('internal', 'The page has not been connected to the lab yet. Reload it.')
  }

  /** Answers one request. Rejects with `SignumError`. */
  async function request<M extends Method>(method: M, input: RequestOf<M>): Promise<ResponseOf<M>> {
    return connected().request(method, input)
  }

  /** Calls `listener` for every event of this name; returns the way to stop. */
  function subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
    return connected().subscribe(event, listener)
  }

  /** Calls `listener` when the lab can be reached again and everything shown must be asked for anew. */
  function onReconnect(listener: () => void): () => void {
    whenOnline.add(listener)
    return () => whenOnline.delete(listener)
  }

  async function refresh(): Promise<void> {
    try {
      info.value = await request('lab.info', {})
      problem.value = null
    } catch (error) {
      problem.value = toErrorMessage(error).message
    }
  }

  function follow(state: ConnectionState): void {
    const wasLost = connectionState.value === 'offline' || connectionState.value === 'refused'
    connectionState.value = state
    if (state === 'online' && wasLost) for (const listener of whenOnline) listener()
  }

  /** Connects the page; called once, before the window is drawn. */
  async function open(value: LabConnection): Promise<void> {
    connection = value
    connectionState.value = value.state
    value.onState(follow)
    onReconnect(() => void refresh())
    // The first engine to start says which backend and kernels `auto` means here.
    subscribe('lab.changed', () => void refresh())
    await refresh()
  }

  return { connectionState, info, problem, open, refresh, request, subscribe, onReconnect }
})
