import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/electron')

/** The bundled shell in a process of its own, with tests/fixtures/electron/drive.ts in Electron's place. */
export class ShellProcess {
  readonly #child: ChildProcess
  readonly #lines: Interface
  #errors = ''

  constructor(main: string, folders: { data: string; user: string }) {
    const hook = pathToFileURL(resolve(FIXTURES, 'preload-hook.mjs')).href
    const driver = [resolve(FIXTURES, 'drive.ts'), pathToFileURL(main).href, folders.user]
    this.#child = spawn(process.execPath, ['--import', hook, ...driver, '--data-dir', folders.data], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#lines = createInterface(this.#child.stdout!)
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
  }

  /** What the driver answers; one question at a time. */
  async ask(name: string, argument?: unknown): Promise<unknown> {
    this.#child.stdin!.write(`${JSON.stringify({ name, argument })}\n`)
    const said = (await this.nextLine()) as { answer?: unknown }
    if (!('answer' in said)) throw new Error(`The shell said ${JSON.stringify(said)} instead of an answer.`)
    return said.answer
  }

  async nextLine(): Promise<unknown> {
    const line = await Promise.race([once(this.#lines, 'line'), once(this.#lines, 'close')])
    if (line.length === 0) throw new Error(`The shell ended without a word: ${this.#errors}`)
    return JSON.parse(line[0] as string)
  }

  quit(): void {
    this.#child.stdin!.write(`${JSON.stringify({ name: 'quit' })}\n`)
  }

  async remove(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await once(this.#child, 'exit')
  }
}
