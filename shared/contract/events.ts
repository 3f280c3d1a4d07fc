import { z } from '../zod.ts'
import { epochSchema, markSchema, progressSchema, runIdSchema, runSummarySchema, stepColumnsSchema } from './runs.ts'

/** What the native menu asks of the page; a served lab has no such menu and never sends them. */
export const WINDOW_COMMANDS = [
  'room.learn',
  'room.build',
  'room.train',
  'room.draw',
  'room.history',
  'training.start',
  'training.pause',
  'training.stop',
  'commands.open',
  'shortcuts.open',
] as const
export type WindowCommand = (typeof WINDOW_COMMANDS)[number]

/** Everything the lab tells without being asked. Both transports carry them to every open window. */
export const EVENTS = {
  /** A run was created, changed its status or its name, was hidden or restored. */
  'run.changed': z.strictObject({ run: runSummarySchema, removed: z.boolean() }),
  'run.progress': z.strictObject({ runId: runIdSchema, progress: progressSchema }),
  /** The steps since the last such event, several times a second at most. */
  'run.steps': z.strictObject({ runId: runIdSchema, columns: stepColumnsSchema }),
  'run.epoch': z.strictObject({ runId: runIdSchema, epoch: epochSchema }),
  /** A checkpoint of this step was written. */
  'run.saved': z.strictObject({ runId: runIdSchema, epoch: z.int().min(0), step: z.int().min(0) }),
  /** The learning rate was changed while it was trained. */
  'run.marked': z.strictObject({ runId: runIdSchema, mark: markSchema }),
  /** A frame of its watched weights can be asked for. */
  'run.snapshot': z.strictObject({ runId: runIdSchema, step: z.int().min(0) }),
  /** The runs that wait for their turn, in the order in which they will begin. */
  'queue.changed': z.strictObject({ runIds: z.array(runIdSchema) }),
  'networks.changed': z.strictObject({}),
  'settings.changed': z.strictObject({ key: z.string(), value: z.json() }),
  /** What `lab.info` answers is no longer what it was. */
  'lab.changed': z.strictObject({}),
  /** Something worth a line at the bottom of the window. */
  'lab.notice': z.strictObject({ message: z.string() }),
  /** Chosen in the native menu of the window that gets it. */
  'window.command': z.strictObject({ command: z.enum(WINDOW_COMMANDS) }),
} as const

export type EventName = keyof typeof EVENTS
export type EventOf<E extends EventName> = z.output<(typeof EVENTS)[E]>
