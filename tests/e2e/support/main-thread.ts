import type { Browser, Page } from '@playwright/test'

/** What the page's main thread can be at work on. Without a graphics card it rasterises its canvases, too. */
const KINDS = {
  script:
    /^(FunctionCall|EvaluateScript|FireAnimationFrame|TimerFire|EventDispatch|RunMicrotasks|AsyncTask Run|v8\.)|IntersectionObserver/,
  garbage: /GC/,
  layout: /[lL]ayout|[sS]tyle|HitTest|InlineNode|HTMLDocumentParser/,
  painting: /Paint|Layerize|Commit|Canvas|Raster|Compositing|BeginMainFrame|UpdateLayer|CullRect|DoUpdateLayers/,
} as const
export type Work = keyof typeof KINDS | 'other'

/** A piece of work that nothing can come in between. All times are milliseconds. */
export interface Task {
  /** From the beginning of the trace. */
  readonly at: number
  readonly wall: number
  /**
   * Processor time, which is the page's own: of the time on the clock, other processes may have taken any part.
   */
  readonly cpu: number
  readonly cpuOf: Readonly<Record<Work, number>>
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds: when, how long by the clock and how long on a processor. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', 'blink', 'cc']

/** Does some work while every task of the page's main thread is recorded. Chromium only, one trace at a time. */
export async function traceMainThread(browser: Browser, page: Page, work: () => Promise<void>): Promise<Task[]> {
  await browser.startTracing(page, { categories: CATEGORIES })
  await work()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return tasksOf(trace.traceEvents)
}

/** The tasks of the busiest page in a trace. */
export function tasksOf(events: readonly TraceEvent[]): Task[] {
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain'
  const threads = new Map(events.filter(isMain).map((event) => [threadOf(event), [] as TraceEvent[]]))
  for (const event of events) if (event.ph === 'X') threads.get(threadOf(event))?.push(event)
  const busiest = [...threads.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  // What begins together lies in what takes longer.
  const inOrder = busiest.toSorted((a, b) => a.ts - b.ts || durationOf(b) - durationOf(a))
  return nest(inOrder)
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
const durationOf = ({ dur = 0 }: TraceEvent) => dur

function nest(events: readonly TraceEvent[]): Task[] {
  const begin = events[0]?.ts ?? 0
  const tasks: { event: TraceEvent; cpuOf: Record<Work, number> }[] = []
  const around: { event: TraceEvent; kind: Work }[] = []
  for (const event of events) {
    while (around.length > 0 && endOf(around.at(-1)!.event) <= event.ts) around.pop()
    const outer = around.at(-1)
    if (!outer) tasks.push({ event, cpuOf: { script: 0, garbage: 0, layout: 0, painting: 0, other: 0 } })
    const { cpuOf } = tasks.at(-1)!
    // What has no kind of its own, such as a timer's bookkeeping, is of the kind that it is part of.
    const kind = kindOf(event.name) ?? outer?.kind ?? 'other'
    const cpu = (event.tdur ?? 0) / 1000
    cpuOf[kind] += cpu
    if (outer) cpuOf[outer.kind] -= cpu
    around.push({ event, kind })
  }
  return tasks.map(({ event, cpuOf }) => ({
    at: (event.ts - begin) / 1000,
    wall: durationOf(event) / 1000,
    cpu: (event.tdur ?? 0) / 1000,
    cpuOf,
  }))
}

const endOf = (event: TraceEvent) => event.ts + durationOf(event)

function kindOf(name: string): Work | null {
  for (const [kind, pattern] of Object.entries(KINDS)) if (pattern.test(name)) return kind as Work
  return null
}
