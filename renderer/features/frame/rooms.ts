import { Activity, BookOpen, History, Layers, PenLine } from 'lucide-vue-next'
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'
import type { Room } from '../../stores/room.ts'
import RoomUnavailable from './RoomUnavailable.vue'

export interface RoomEntry {
  readonly name: Room
  /** The word in the rail, and the link's accessible name. */
  readonly label: string
  readonly icon: Component
  /** Browsers keep Ctrl+digit for their tabs; Alt+digit reaches the room there. */
  readonly keys: readonly string[]
  readonly component: Component
}

/** A room that is loaded when it is first entered. */
function room(loader: AsyncComponentLoader): Component {
  return defineAsyncComponent({ loader, errorComponent: RoomUnavailable })
}

/** The five rooms in the order of the rail. */
export const ROOM_ENTRIES: readonly RoomEntry[] = [
  {
    name: 'learn',
    label: 'Learn',
    icon: BookOpen,
    keys: ['Ctrl+1', 'Alt+1'],
    component: room(() => import('../learn/LearnRoom.vue')),
  },
  {
    name: 'build',
    label: 'Build',
    icon: Layers,
    keys: ['Ctrl+2', 'Alt+2'],
    component: room(() => import('../build/BuildRoom.vue')),
  },
  {
    name: 'train',
    label: 'Train',
    icon: Activity,
    keys: ['Ctrl+3', 'Alt+3'],
    component: room(() => import('../train/TrainRoom.vue')),
  },
  {
    name: 'draw',
    label: 'Draw',
    icon: PenLine,
    keys: ['Ctrl+4', 'Alt+4'],
    component: room(() => import('../draw/DrawRoom.vue')),
  },
  {
    name: 'history',
    label: 'History',
    icon: History,
    keys: ['Ctrl+5', 'Alt+5'],
    component: room(() => import('../history/HistoryRoom.vue')),
  },
]
