/** The channel to the shell that started this process. */
export interface Carrier<Incoming, Outgoing> {
  send(message: Outgoing): void
  /** Messages that came before this call are delivered too. */
  listen(listener: (message: Incoming) => void): void
  /** Ends the process once everything sent has left it. */
  end(code: number): void
}

/** Electron's MessagePort to the main process, as it stands in a utility process; Node's types do not know it. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** Turns of the event loop that Electron gets to deliver the last messages: its port has no callback for that. */
const LAST_WORDS_MS = 200

/**
 * The carrier this process was started with: Electron's parentPort in a utility process, Node's IPC channel under
 * `child_process.fork`.
 *
 * Messages are trusted to be of their type: only the shell that spawned this process holds the other end.
 */
export function openCarrier<Incoming, Outgoing>(): Carrier<Incoming, Outgoing> {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort }
  if (parentPort) return overParentPort(parentPort)
  if (process.send) return overFork()
  throw new Error('An engine runs as a child of the lab. Start the lab with "npm start".')
}

function overParentPort<Incoming, Outgoing>(port: ParentPort): Carrier<Incoming, Outgoing> {
  return {
    send: (message) => port.postMessage(message),
    listen: (listener) => port.on('message', ({ data }) => listener(data as Incoming)),
    end: (code) => setTimeout(() => process.exit(code), LAST_WORDS_MS),
  }
}

function overFork<Incoming, Outgoing>(): Carrier<Incoming, Outgoing> {
  let pending = 0
  let ending: number | null = null
  const exitWhenSent = () => {
    if (ending !== null && pending === 0) process.exit(ending)
  }
  // The shell is gone: nobody can stop this process or read what it finds out.
  process.on('disconnect', () => process.exit(1))
  return {
    send(message) {
      if (!process.connected) return
      pending += 1
      process.send!(message, undefined, undefined, () => {
        pending -= 1
        exitWhenSent()
      })
    },
    listen: (listener) => {
      process.on('message', (message) => listener(message as Incoming))
    },
    end(code) {
      ending = code
      exitWhenSent()
    },
  }
}
