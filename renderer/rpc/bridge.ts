import type { LabBridge } from '#shared/contract/bridge.ts'
import { fromErrorMessage, SignumError } from '#shared/contract/errors.ts'
import type { EventName, EventOf } from '#shared/contract/events.ts'
import type { Method, RequestOf, ResponseOf } from '#shared/contract/methods.ts'
import type { ConnectionState, LabConnection } from './connection.ts'
import { toPlain } from './plain.ts'

/** The lab through the preload script of the desktop shell, in the same application and so always there. */
export class BridgeConnection implements LabConnection {
  readonly state: ConnectionState = 'online'
  readonly #bridge: LabBridge

  constructor(bridge: LabBridge) {
    this.#bridge = bridge
  }

  async request<M extends Method>(method: M, input: RequestOf<M>): Promise<ResponseOf<M>> {
    const outcome = await this.#bridge.request(method, toPlain(input)).catch((cause: unknown) => {
      // Only the way there can fail like this: the shell answers every request it gets.
      throw new SignumError('disconnected', `The lab could not be asked for "${method}". Start Signum again.`, {
        cause,
      })
    })
    if (!outcome.ok) throw fromErrorMessage(outcome.error)
    return outcome.output as ResponseOf<M>
  }

  subscribe<E extends EventName>(event: E, listener: (payload: EventOf<E>) => void): () => void {
    return this.#bridge.subscribe(event, (payload) => listener(payload as EventOf<E>))
  }

  onState(): () => void {
    return () => {}
  }

  close(): void {}
}
