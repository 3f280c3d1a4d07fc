import type { Page } from '@playwright/test'
import type { Task, Work } from '../../e2e/support/main-thread.ts'

/** In milliseconds. */
export interface Spread {
  readonly median: number
  readonly p95: number
  readonly p99: number
  readonly longest: number
}

/** What a person notices of a page: how long its pictures stood, and what kept it from the next. */
export interface Smoothness {
  readonly frames: number
  /** From one frame to the next; 16.7 at 60 frames a second. Other processes take their part of it. */
  readonly frameMs: Spread
  /** Processor time of a task of the main thread, counting those of a millisecond and more. */
  readonly taskCpuMs: Spread
  readonly tasksOver16MsOfCpu: number
  readonly tasksOver50MsOfCpu: number
  /** Tasks that took 50 ms by the clock, which browsers call long ones. */
  readonly longTasks: number
  readonly longestTaskMs: number
  /** What the processor time went into, for each second. */
  readonly cpuMsPerSecond: Readonly<Record<Work, number>>
  /** The three tasks that took most of it. */
  readonly heaviest: readonly { readonly cpuMs: number; readonly of: Readonly<Partial<Record<Work, number>>> }[]
}

declare global {
  interface Window {
    /** When each frame since the last call of `takeFrames` began. */
    frameTimes: number[]
  }
}

/** Counts the frames of every page that is opened from now on. */
export async function countFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.frameTimes = []
    const note = (now: number) => {
      window.frameTimes.push(now)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
}

/** How long each frame since the last call stood. */
export async function takeFrames(page: Page): Promise<number[]> {
  const times = await page.evaluate(() => window.frameTimes.splice(0))
  return times.slice(1).map((time, index) => time - times[index]!)
}

export function summarise(frames: readonly number[], tasks: readonly Task[]): Smoothness {
  const seconds = frames.reduce((sum, frame) => sum + frame, 0) / 1000
  const kinds = Object.keys(tasks[0]?.cpuOf ?? {}) as Work[]
  const total = (kind: Work) => tasks.reduce((sum, task) => sum + task.cpuOf[kind], 0)
  const heaviest = tasks.toSorted((a, b) => b.cpu - a.cpu).slice(0, 3)
  return {
    frames: frames.length,
    frameMs: spread(frames),
    taskCpuMs: spread(tasks.map(({ cpu }) => cpu).filter((cpu) => cpu >= 1)),
    tasksOver16MsOfCpu: tasks.filter(({ cpu }) => cpu > 16).length,
    tasksOver50MsOfCpu: tasks.filter(({ cpu }) => cpu > 50).length,
    longTasks: tasks.filter(({ wall }) => wall >= 50).length,
    longestTaskMs: round(Math.max(0, ...tasks.map(({ wall }) => wall))),
    cpuMsPerSecond: Object.fromEntries(kinds.map((kind) => [kind, round(total(kind) / seconds)])) as Record<
      Work,
      number
    >,
    heaviest: heaviest.map(({ cpu, cpuOf }) => ({
      cpuMs: round(cpu),
      of: Object.fromEntries(kinds.map((kind) => [kind, round(cpuOf[kind])]).filter(([, ms]) => ms !== 0)),
    })),
  }
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) }
}

const round = (value: number) => Math.round(value * 10) / 10
