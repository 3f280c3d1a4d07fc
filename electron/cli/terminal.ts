/** Where a command writes: results to `out`, everything on the way to `err`. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Whether `err` is a screen on which a line can be drawn over. */
  readonly isScreen: boolean
  readonly columns: number
}

// Who reads may leave before the end, as "head" does: a training goes on all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isScreen: process.stderr.isTTY ?? false,
  get columns() {
    return process.stderr.columns ?? 80
  },
}
