import { Activity, Check, CircleAlert, Hourglass, LoaderCircle, Pause, Square, Unplug } from 'lucide-vue-next'
import type { Component } from 'vue'
import type { RunStatus } from '#shared/contract/runs.ts'

/** How a status is said and shown. `tone` is a colour token. */
export interface StatusLook {
  readonly word: string
  readonly icon: Component
  readonly tone: 'text' | 'text-muted' | 'success' | 'warning' | 'danger'
}

export const STATUS_LOOKS: Readonly<Record<RunStatus, StatusLook>> = {
  queued: { word: 'Queued', icon: Hourglass, tone: 'text-muted' },
  starting: { word: 'Starting', icon: LoaderCircle, tone: 'text' },
  running: { word: 'Running', icon: Activity, tone: 'text' },
  paused: { word: 'Paused', icon: Pause, tone: 'text' },
  finished: { word: 'Finished', icon: Check, tone: 'success' },
  stopped: { word: 'Stopped', icon: Square, tone: 'text-muted' },
  interrupted: { word: 'Interrupted', icon: Unplug, tone: 'warning' },
  failed: { word: 'Failed', icon: CircleAlert, tone: 'danger' },
}
