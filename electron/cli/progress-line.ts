import type { Progress } from '#shared/contract/runs.ts'
import { formatClock, formatCount } from '#shared/format/numbers.ts'
import { loss, percent } from './format.ts'
import type { Terminal } from './terminal.ts'

const BAR_CELLS = 24
const REDRAW_EVERY_MS = 100
const CLEAR_LINE = '\r\u001b[2K'

/** One line at the bottom of the terminal that tells how far a training is; nothing where stderr is no screen. */
export class ProgressLine {
  private readonly terminal: Terminal
  private drawnAt = -Infinity
  private isDrawn = false

  constructor(terminal: Terminal) {
    this.terminal = terminal
  }

  /** @param before what the line begins with, where several runs are trained. */
  show(progress: Progress, before = ''): void {
    const now = performance.now()
    if (!this.terminal.isScreen || now - this.drawnAt < REDRAW_EVERY_MS) return
    this.drawnAt = now
    this.isDrawn = true
    this.terminal.err(CLEAR_LINE + (before + progressText(progress)).slice(0, this.terminal.columns - 1))
  }

  clear(): void {
    if (this.isDrawn) this.terminal.err(CLEAR_LINE)
    this.isDrawn = false
  }
}

/** Such as `Epoch 3/10 ███████░░░ 61 %  loss 0.0476  acc 98.40 %  2,310 images/s  ETA 1:23`. */
export function progressText(progress: Progress): string {
  const share = progress.totalSteps === 0 ? 0 : Math.min(1, progress.step / progress.totalSteps)
  const filled = Math.round(share * BAR_CELLS)
  const doing = { training: '', testing: ' testing', saving: ' saving' }[progress.phase]
  const parts = [
    `Epoch ${progress.epoch}/${progress.epochs}${doing} ${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${Math.floor(share * 100)} %`,
    progress.loss === null ? null : `loss ${loss(progress.loss)}`,
    progress.accuracy === null ? null : `acc ${percent(progress.accuracy)}`,
    progress.imagesPerSecond === null ? null : `${formatCount(progress.imagesPerSecond)} images/s`,
    progress.remainingSeconds === null ? null : `ETA ${formatClock(progress.remainingSeconds)}`,
  ]
  return parts.filter((part) => part !== null).join('  ')
}
