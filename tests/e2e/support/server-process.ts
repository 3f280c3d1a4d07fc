import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { projectFolder } from '#electron/setup/places.ts'

const SERVER = join(projectFolder, 'electron/server/main.ts')
const ANNOUNCEMENT = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/

/** The real server in a process of its own, on any free port. */
export class ServerProcess {
  readonly url: string
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, url: string) {
    this.#child = child
    this.url = url
  }

  /** Starts it and waits for the address that it prints. */
  static async start(dataFolder: string): Promise<ServerProcess> {
    const args = [SERVER, '--no-open', '--port', '0', '--data-dir', dataFolder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of createInterface(child.stdout)) {
      const url = ANNOUNCEMENT.exec(line)?.[0]
      if (url === undefined) continue
      child.stdout.resume()
      return new ServerProcess(child, url)
    }
    throw new Error(`The server ended before it printed its address (exit code ${child.exitCode}).`)
  }

  /**
   * Ends it as Ctrl-C does, and waits until it has put everything away.
   *
   * @throws Error when it did not end well.
   */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await ended
    }
    if (this.#child.exitCode !== 0) throw new Error(`The server ended with exit code ${this.#child.exitCode}.`)
  }
}
