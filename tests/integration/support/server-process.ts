import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ENTRY = resolve(import.meta.dirname, '../../../electron/server/main.ts')

export interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** The real server as its own process on a data folder of its own. */
export class ServerProcess {
  readonly dataFolder: string
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess
  readonly #address = Promise.withResolvers<URL>()
  #output = ''
  #errors = ''

  constructor(args: readonly string[] = [], dataFolder = mkdtempSync(join(tmpdir(), 'signum-server-'))) {
    this.dataFolder = dataFolder
    this.#child = spawn(process.execPath, [ENTRY, '--no-open', '--data-dir', dataFolder, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => this.#read(text))
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
    this.ended = new Promise((done) => {
      this.#child.on('close', (code) => {
        const ended = { code, output: this.#output, errors: this.#errors }
        this.#address.reject(new Error(`The server ended with ${code} before it printed its address: ${this.#errors}`))
        done(ended)
      })
    })
    this.#address.promise.catch(() => {})
  }

  /** The printed address, token included. */
  address(): Promise<URL> {
    return this.#address.promise
  }

  /** Asks it to end, as Ctrl+C does, and waits. */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
    this.#child.kill(signal)
    return this.ended
  }

  /** Ends it if it still runs and removes its data. */
  async remove(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.ended
    rmSync(this.dataFolder, { recursive: true, force: true })
  }

  #read(text: string): void {
    this.#output += text
    const address = /http:\S+/.exec(this.#output)?.[0]
    if (address !== undefined && this.#output.includes('\n')) this.#address.resolve(new URL(address))
  }
}
