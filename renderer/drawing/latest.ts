/**
 * Sends the newest of many inputs: one request at a time, at most one a frame. What came and went while another was
 * under way is never sent.
 */
export class LatestRequest<Input, Output> {
  private waiting: { readonly input: Input } | null = null
  private isBusy = false
  private generation = 0
  private readonly send: (input: Input) => Promise<Output>
  private readonly receive: (output: Output, input: Input) => void
  private readonly fail: (error: unknown) => void

  constructor(options: {
    send: (input: Input) => Promise<Output>
    receive: (output: Output, input: Input) => void
    fail: (error: unknown) => void
  }) {
    this.send = options.send
    this.receive = options.receive
    this.fail = options.fail
  }

  submit(input: Input): void {
    this.waiting = { input }
    if (!this.isBusy) void this.work()
  }

  /** Forgets what waits and does not deliver what is under way. */
  cancel(): void {
    this.waiting = null
    this.generation++
  }

  private async work(): Promise<void> {
    this.isBusy = true
    // Pointer events come several a frame; only the last of them is worth an answer.
    await new Promise((resolve) => requestAnimationFrame(resolve))
    while (this.waiting) {
      const { input } = this.waiting
      const { generation } = this
      this.waiting = null
      try {
        const output = await this.send(input)
        if (generation === this.generation) this.receive(output, input)
      } catch (error) {
        if (generation === this.generation) this.fail(error)
      }
      if (this.waiting) await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    this.isBusy = false
  }
}
