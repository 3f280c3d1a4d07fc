import type { Terminal } from '../../terminal.ts'

const CLEAR_LINE = '\r\u001b[2K'

/** Tells that a measurement has begun, and on a screen how far it is. */
export class MeasuringLine {
  private readonly terminal: Terminal

  constructor(terminal: Terminal) {
    this.terminal = terminal
  }

  show(round: number, rounds: number): void {
    if (this.terminal.isScreen) this.terminal.err(`${CLEAR_LINE}Measuring, round ${round} of ${rounds}`)
    else if (round === 1) this.terminal.err(`Measuring, ${rounds} rounds\n`)
  }

  clear(): void {
    if (this.terminal.isScreen) this.terminal.err(CLEAR_LINE)
  }
}
